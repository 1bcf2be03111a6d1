import { BlockLines, deepestBlock, unusual } from "./block-lines.ts";
import {
  backslash,
  beginsBlock,
  beginsFlow,
  blanks,
  blockScalar,
  codeAt,
  hash,
  isDash,
  isEnd,
  isQuote,
  keyEnd,
  lineEnd,
  newline,
  plainEnd,
  singleQuote,
  startsPlainScalar,
  value,
} from "./plain-values.ts";
import { isTemplate } from "./template.ts";

/**
 * Whether a text is one sound document, told in one pass in which nothing is made of it. What is true of nearly all that people write is
 * false where a parser has to tell: of anchors, tags, templates, collections in brackets, and of whatever may be wrong.
 */
export function isSurelySound(text: string): boolean {
  return !text.includes("{{") && isSoundAsWritten(text);
}

/** The same of a text that may hold actions of templates, but none that is more than a part of a scalar. */
export function isSoundAsWritten(text: string): boolean {
  return text.length <= longest && !isTemplate.test(text) && !unusual.test(text) && new Pass(text).holds();
}

/** UTF-16 units; a longer one may have a line that is too long. */
const longest = 2_000_000;

/** Behind a backslash in double quotes; a line break too. */
const escaped = '0abtnvfre "/\\N_LP\n';

const withColon = /[\w./-]+:/y;

class Pass extends BlockLines {
  holds(): boolean {
    return this.begin() && this.column >= 0 && this.#block() && this.column < 0;
  }

  #block(): boolean {
    if (++this.depth > deepestBlock) return false;
    const holds = isDash(this.text, this.at) ? this.#seq(this.column) : this.#map(this.column);
    this.depth--;
    return holds;
  }

  #map(column: number): boolean {
    while (this.column === column) {
      const end = keyEnd(this.text, this.at);
      if (end < 0 || !this.#under(end + 1, column)) return false;
    }
    return this.column < column;
  }

  #under(colonEnd: number, column: number): boolean {
    const text = this.text;
    const at = blanks(text, colonEnd);
    if (!isEnd(text, at)) return this.#inline(at, column);
    this.nextLine(lineEnd(text, at) + 1);
    if (this.column > column && !isDash(text, this.at) && keyEnd(text, this.at) < 0) {
      // Whether that is a key without a blank behind its colon is for those who know where keys have to be.
      withColon.lastIndex = this.at;
      return !withColon.test(text) && this.#inline(this.at, column);
    }
    if (this.column > column) return this.#block();
    return this.column !== column || !isDash(text, this.at) || this.#seq(column);
  }

  #seq(column: number): boolean {
    const text = this.text;
    while (this.column === column && isDash(text, this.at)) {
      const at = blanks(text, this.at + 1);
      if (isEnd(text, at)) return false;
      if (!isDash(text, at) && keyEnd(text, at) < 0) {
        if (!this.#inline(at, column)) return false;
        continue;
      }
      this.column = column + at - this.at;
      this.at = at;
      if (!this.#block()) return false;
    }
    return this.column <= column;
  }

  /** A value of a key or a dash that stands at `column`, and on to the next line. */
  #inline(at: number, column: number): boolean {
    const text = this.text;
    if (beginsBlock(text, at)) {
      const scalar = blockScalar(text, at, column);
      if (!scalar) return false;
      this.nextLine(scalar.end);
    } else if (startsPlainScalar(text, at)) {
      if (!this.#plain(at, column)) return false;
    } else {
      const end = isQuote(codeAt(text, at)) ? this.#quoted(at, column) : this.#flow(at);
      const behind = blanks(text, end);
      if (end < 0 || !isEnd(text, behind)) return false;
      this.nextLine(lineEnd(text, behind) + 1);
    }
    // It would go on there.
    return this.column <= column;
  }

  #flow(at: number): number {
    return beginsFlow(this.text, at) ? (value(this.text, at)?.end ?? -1) : -1;
  }

  /** It goes on in each line that is indented more than what it belongs to, up to a comment. */
  #plain(start: number, column: number): boolean {
    const text = this.text;
    for (let at = start; ; ) {
      const end = plainEnd(text, at);
      if (end < 0) return false;
      const behind = blanks(text, end);
      const hasComment = codeAt(text, behind) === hash;
      let line = lineEnd(text, behind) + 1;
      let next = blanks(text, line);
      while (next < text.length && codeAt(text, next) === newline) {
        line = next + 1;
        next = blanks(text, line);
      }
      if (hasComment || next >= text.length || next - line <= column || codeAt(text, next) === hash) {
        this.nextLine(line);
        return true;
      }
      at = next;
    }
  }

  /** Behind its closing quote; -1 where there is none, or something that a parser has to look at. */
  #quoted(start: number, column: number): number {
    const text = this.text;
    const quote = codeAt(text, start);
    for (let at = start + 1; at < text.length; at++) {
      const code = codeAt(text, at);
      if (code === quote) {
        if (quote !== singleQuote || codeAt(text, at + 1) !== quote) return at + 1;
        at++;
      } else if (code === backslash && quote !== singleQuote) {
        if (!escaped.includes(text.charAt(at + 1))) return -1;
        if (codeAt(text, at + 1) !== newline) at++;
      } else if (code === newline) {
        const content = blanks(text, at + 1);
        if (codeAt(text, content) !== newline && content - at - 1 <= column) return -1;
      }
    }
    return -1;
  }
}
