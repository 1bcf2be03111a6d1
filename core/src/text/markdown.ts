import { printable } from "./printable.ts";

/** A piece of Markdown; {@link markdown} makes one, so that no text of others gets into it unescaped. */
export class Markdown {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Markdown from a template: what is put in is text, and escaped, unless it is Markdown already. */
export function markdown(parts: TemplateStringsArray, ...values: readonly (Markdown | string)[]): Markdown {
  const put = (value: Markdown | string | undefined) =>
    value instanceof Markdown ? value.text : value === undefined ? "" : escapedMarkdown(value);
  return new Markdown(parts.reduce((text, part, index) => text + put(values[index - 1]) + part));
}

/** Paragraphs, one below the other. */
export function paragraphs(all: readonly (Markdown | string)[]): Markdown {
  return new Markdown(all.map((one) => markdown`${one}`.text).join("\n\n"));
}

/**
 * A text as Markdown that shows it letter by letter, in one line: no image of a foreign host, no link, no HTML, no table cell
 * or heading is made of it. Web addresses are not turned into links either, nor is what looks like a mail address.
 * {@link https://github.github.com/gfm/#autolinks-extension-}
 */
export function escapedMarkdown(text: string): string {
  return printable(text)
    .split(/((?<!\S)\S*@\S*)/)
    .map((part, index) => (index % 2 === 1 ? codeSpan(part.replaceAll("|", "¦")) : escaped(part)))
    .join("");
}

/** A code span; its text may hold backticks. It belongs into no table, where a vertical bar in it would end the cell. */
export function codeSpan(text: string): string {
  const shown = printable(text);
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  // Of an empty span only its fence would be left, and one space at each end is taken for padding.
  const pad = longest > 0 || shown === "" || /^ .* $/.test(shown) ? " " : "";
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** No link, image or footnote begins without its opening bracket, no HTML without its angle bracket. */
function escaped(text: string): string {
  return text
    .replace(/[\\`*[<|~$]|&(?=[#A-Za-z])|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, "\\$&")
    .replace(/:(?=\/\/)|(?<=\bwww)\./gi, "\\$&")
    .replace(/^(\s*)(#{1,6}(?=\s|$)|[+-](?=\s|$)|[>=-])/, "$1\\$2")
    .replace(/^(\s*\d+)(?=[.)](?:\s|$))/, "$1\\");
}
