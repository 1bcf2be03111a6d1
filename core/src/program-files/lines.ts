import type { DirectiveWord } from "./directive.ts";

/** The lines of a file in which every line is a statement: its words, without comments; blank lines are left out. */
export function wordLines(text: string, comment = "#"): readonly (readonly DirectiveWord[])[] {
  const lines: DirectiveWord[][] = [];
  let from = 0;
  for (const line of text.split("\n")) {
    const words: DirectiveWord[] = [];
    for (const match of line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)) {
      if (match[0].startsWith(comment)) break;
      const start = from + match.index;
      words.push({ text: match[1] ?? match[2] ?? match[0], start, end: start + match[0].length });
    }
    if (words.length > 0) lines.push(words);
    from += line.length + 1;
  }
  return lines;
}

/** `key = value` of an INI file or of postgresql.conf; the key as it is compared: lower case, `_` for `-`. */
export interface Setting {
  readonly section: string;
  readonly key: string;
  /** Quotes taken off. */
  readonly value: DirectiveWord;
}

export function settings(text: string): readonly Setting[] {
  const found: Setting[] = [];
  let section = "";
  let from = 0;
  for (const line of text.split("\n")) {
    section = /^\s*\[([^\]]+)\]/.exec(line)?.[1] ?? section;
    const match = /^(\s*([\w.-]+)(?:\s*=\s*|\s+))('[^']*'|"[^"]*"|[^\s#;]+)/.exec(line);
    const [, lead = "", key = "", written = ""] = match ?? [];
    if (match) {
      const start = from + lead.length;
      const value = { text: written.replace(/^(['"])(.*)\1$/, "$2"), start, end: start + written.length };
      found.push({ section, key: key.toLowerCase().replaceAll("-", "_"), value });
    }
    from += line.length + 1;
  }
  return found;
}

/** The blanks between the start of a line and `at`; undefined if something else stands there, or they are more than anybody writes. */
export function indentBefore(text: string, at: number): string | undefined {
  let start = at;
  while (at - start < 1000 && (text[start - 1] === " " || text[start - 1] === "\t")) start--;
  return start === 0 || text[start - 1] === "\n" ? text.slice(start, at) : undefined;
}

/** The line of an offset, up to it. */
export function lineBefore(text: string, at: number): string {
  return text.slice(text.lastIndexOf("\n", at) + 1, at);
}

/** Behind what begins a comment in most files. */
export function isComment(text: string, at: number): boolean {
  return /^\s*(?:#|\/\/)/.test(lineBefore(text, at));
}
