/** Where the cursor stands in text that may be half-typed: read from indentation alone, so that it needs no sound YAML. */
export interface Cursor {
  /** Keys from the outside in, `[]` for an item of a sequence; the key on the cursor's own line is the last. */
  readonly path: readonly string[];
  /** "value" behind `key: ` or `- `, "key" where an entry begins. */
  readonly place: "key" | "value";
  /** What is typed already of the word at the cursor. */
  readonly typed: string;
  /** The offset where `typed` begins. */
  readonly start: number;
  /** Inside `[ ]` on the cursor's line. */
  readonly inFlow: boolean;
}

export function cursorAt(text: string, offset: number): Cursor {
  const lineStart = text.lastIndexOf("\n", offset - 1) + 1;
  const line = text.slice(lineStart, offset);
  const parts = /^(\s*)((?:- +)*)(?:([\w."/-]+):(?:\s+(.*)|$))?/.exec(line);
  const [, indent = "", dashes = "", key, value] = parts ?? [];
  const column = indent.length + dashes.length;
  const above = parents(text.slice(0, lineStart), indent.length, dashes !== "");
  const items = dashes === "" ? [] : ["[]"];
  const flow = value?.startsWith("[") ?? false;
  const typed =
    /(?<![^\s,[\]{}"'])[^\s,[\]{}"']*$/.exec(key === undefined ? line.slice(column) : (value ?? ""))?.[0] ?? "";
  const start = offset - typed.length;
  if (key === undefined) {
    const path = [...above, ...items];
    return { path, place: dashes === "" ? "key" : "value", typed, start, inFlow: false };
  }
  const path = [...above, ...items, unquoted(key), ...(flow ? ["[]"] : [])];
  return { path, place: "value", typed, start, inFlow: flow };
}

/** The keys whose values hold a line with this indentation; a sequence may stand at the indentation of its key. */
function parents(text: string, indent: number, isItem: boolean): string[] {
  const path: string[] = [];
  let keys = isItem ? indent + 1 : indent;
  let dashes = indent;
  for (const line of text.split("\n").toReversed()) {
    if (line.startsWith("---") || keys === 0) break;
    const [, blank = "", dash = "", key] = /^(\s*)((?:- +)*)(?:([\w."/-]+):(?:\s|$))?/.exec(line) ?? [];
    if (line.trim() === "" || line.trim().startsWith("#")) continue;
    const outer = blank.length;
    if (key !== undefined && outer + dash.length < keys) {
      path.unshift(unquoted(key));
      keys = outer + dash.length;
      dashes = Math.min(dashes, keys);
    }
    if (dash !== "" && outer < dashes) {
      path.unshift("[]");
      keys = outer + 1;
      dashes = outer;
    }
  }
  return path;
}

function unquoted(key: string): string {
  return key.replaceAll('"', "");
}
