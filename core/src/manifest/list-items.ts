/** A List of objects cut at its items, so that an edit in one of them leaves the others as they were parsed. */
export interface ListItems {
  /** `apiVersion`, `kind` and the `items:` key. */
  readonly head: string;
  /** From the dash to the next item's dash. */
  readonly items: readonly { readonly start: number; readonly end: number }[];
}

/**
 * Finds the items of `kind: List` by their dashes; undefined for other documents, for flow style, and where anything but
 * items follows `items:`. A line that begins at the column of an item's dash is never inside a scalar: what a scalar spans
 * is indented deeper than the item it is in (YAML 1.2.2, section 6.1).
 */
export function listItems(text: string): ListItems | undefined {
  if (text.length < worthwhile || !/^kind:[ \t]*["']?\w*List\b/m.test(text)) return undefined;
  const opened = /^items:[ \t]*\r?\n(?:[ \t]*(?:#[^\n]*)?\r?\n)*( *)- /m.exec(text);
  if (!opened) return undefined;
  const indent = opened[1] ?? "";
  const first = opened.index + opened[0].length - indent.length - 2;
  const starts: number[] = [];
  for (let at = first; at < text.length; at = nextLine(text, at)) {
    const column = columnOf(text, at);
    if (column === undefined || column > indent.length) continue;
    if (column < indent.length || text[at + column] !== "-") return undefined;
    starts.push(at);
  }
  const items = starts.map((start, index) => ({ start, end: starts[index + 1] ?? text.length }));
  return { head: text.slice(0, first), items };
}

/** An anchor may be used in another item, so that a List which has any cannot be cut. */
export function hasAnchor(text: string): boolean {
  return /(?:^|[\s:,[{-])[&*][\w-]/m.test(text);
}

/** Shorter Lists are parsed in one go faster than they are cut. */
const worthwhile = 8_000;

/** The column of the first character of a line; undefined for blank lines and comments. */
function columnOf(text: string, line: number): number | undefined {
  let at = line;
  while (text.charCodeAt(at) === 32) at++;
  const code = text.charCodeAt(at);
  return Number.isNaN(code) || code === 10 || code === 13 || code === 35 ? undefined : at - line;
}

function nextLine(text: string, at: number): number {
  const newline = text.indexOf("\n", at);
  return newline < 0 ? text.length : newline + 1;
}
