import { blanks, codeAt, hash, lineEnd, newline } from "./plain-values.ts";

/** Tabs, carriage returns, what cannot be printed, and what is rare enough to be left to the parser of all YAML. */
export const unusual = /[^\n -~\u00a0-\u1fff\u2010-\u2027\u2030-\ud7ff\ue000]/;

/** Deeper than anything that people write. */
export const deepestBlock = 60;

/** The lines of a document in blocks, as those read it who go from one that says something to the next. */
export abstract class BlockLines {
  readonly text: string;
  /** The first character of the line that is to be read next, which neither is blank nor begins a comment. */
  at = 0;
  /** Its column; -1 behind the last line. */
  column = 0;
  depth = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** To the first line, behind a marker; false where something stands beside that. */
  begin(): boolean {
    this.nextLine(0);
    if (this.column !== 0 || !this.text.startsWith("---", this.at)) return true;
    if (codeAt(this.text, this.at + 3) !== newline) return false;
    this.nextLine(this.at + 4);
    return true;
  }

  /** To the first line that says something, from the start of one. */
  nextLine(from: number): void {
    const { text } = this;
    let start = from;
    while (start < text.length) {
      const at = blanks(text, start);
      const code = codeAt(text, at);
      if (code !== newline && code !== hash) {
        this.at = at;
        this.column = at - start;
        return;
      }
      start = code === newline ? at + 1 : lineEnd(text, at) + 1;
    }
    this.at = text.length;
    this.column = -1;
  }
}
