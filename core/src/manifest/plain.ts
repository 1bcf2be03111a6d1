import { SCALAR_STYLE, type ScalarEvent } from "js-yaml";
import { type MapNode, type Node, ScalarNode, type ScalarStyle, type SeqNode } from "./node.ts";

/**
 * Reads what nearly all manifests are written in: blocks of keys and dashes with scalars on one line, block scalars, and flow
 * lists of words. Gives the tree that the parser of all YAML would give, or undefined for that one to have a look: at anchors, tags,
 * escapes, scalars of several lines, and at whatever is wrong.
 */
export function parsePlain(text: string): Node | undefined {
  if (unusual.test(text)) return undefined;
  const reader = new Reader(text);
  return reader.root();
}

/** Tabs, carriage returns, what cannot be printed, and what is rare enough to be left to the other. */
const unusual = /[^\n -~\u00a0-\u1fff\u3000-\ud7ff\ue000]/;

const newline = 10;
const blank = 32;
const doubleQuote = 34;
const hash = 35;
const singleQuote = 39;
const comma = 44;
const dash = 45;
const colon = 58;
const openBracket = 91;
const backslash = 92;
const closeBracket = 93;
const bar = 124;
const openBrace = 123;
const closeBrace = 125;
const greater = 62;

/** What keys without quotes are made of, and what stands without them in brackets; others are left to the other parser. */
const inWord = charsOf(/[\w./-]/);
const startsKey = charsOf(/[\w/]/);
/** What a scalar without quotes may start with; a dash too, if no blank follows. */
const startsPlain = charsOf(/[\w./$(+;<=^~\\-]/);

function charsOf(pattern: RegExp): Uint8Array {
  return Uint8Array.from({ length: 128 }, (_, code) => (pattern.test(String.fromCharCode(code)) ? 1 : 0));
}

/** Deeper, and with more between brackets, than anything that people write. */
const deepest = 60;
const longest = 1000;

class Reader {
  readonly #text: string;
  readonly #length: number;
  /** The first character of the line that is to be read next, which neither is blank nor begins a comment. */
  #at = 0;
  /** Its column; -1 behind the last line. */
  #column = 0;
  /** Where the last scalar ended. */
  #last = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#length = text.length;
  }

  root(): Node | undefined {
    this.#nextLine(0);
    if (this.#column === 0 && this.#text.startsWith("---", this.#at)) {
      if (this.#code(this.#at + 3) !== newline) return undefined;
      this.#nextLine(this.#at + 4);
    }
    const node = this.#column < 0 ? undefined : this.#block();
    return this.#column < 0 ? node : undefined;
  }

  /** The character there, as if the text ended with a line break. */
  #code(at: number): number {
    return at < this.#length ? this.#text.charCodeAt(at) : newline;
  }

  /** To the first line that says something, from the start of one. */
  #nextLine(from: number): void {
    let start = from;
    while (start < this.#length) {
      let at = start;
      while (this.#code(at) === blank) at++;
      const code = this.#code(at);
      if (code !== newline && code !== hash) {
        this.#at = at;
        this.#column = at - start;
        return;
      }
      start = code === newline ? at + 1 : this.#lineEnd(at) + 1;
    }
    this.#at = this.#length;
    this.#column = -1;
  }

  #lineEnd(from: number): number {
    const end = this.#text.indexOf("\n", from);
    return end < 0 ? this.#length : end;
  }

  #blanks(from: number): number {
    let at = from;
    while (this.#code(at) === blank) at++;
    return at;
  }

  /** Tells whether nothing but a comment is left of a line. */
  #isEnd(at: number): boolean {
    const code = this.#code(at);
    return code === newline || (code === hash && this.#code(at - 1) === blank);
  }

  #isDash(at: number): boolean {
    return this.#code(at) === dash && (this.#code(at + 1) === blank || this.#code(at + 1) === newline);
  }

  #block(): Node | undefined {
    if (++this.#depth > deepest) return undefined;
    const node = this.#isDash(this.#at) ? this.#seq(this.#column) : this.#map(this.#column);
    this.#depth--;
    return node;
  }

  #map(column: number): MapNode | undefined {
    const map: MapNode = { kind: "map", start: this.#at, end: this.#at, flow: false, pairs: [] };
    while (this.#column === column) {
      const key = this.#key();
      if (!key) return undefined;
      const value = this.#value(key, column);
      if (!value) return undefined;
      map.pairs.push({ key, value });
    }
    if (this.#column > column) return undefined;
    map.end = this.#last;
    return map;
  }

  /** Leaves the place behind its colon. */
  #key(): ScalarNode | undefined {
    const start = this.#at;
    const first = this.#code(start);
    let key: ScalarNode | undefined;
    if (first === doubleQuote || first === singleQuote) key = this.#quoted(start, first);
    else if (startsKey[first] === 1) {
      let end = start + 1;
      while (inWord[this.#code(end)] === 1) end++;
      key = this.#scalar(start, end, "plain");
    }
    if (!key || key.end - start > 1000 || this.#code(key.end) !== colon) return undefined;
    const behind = this.#code(key.end + 1);
    if (behind !== blank && behind !== newline) return undefined;
    this.#at = key.end + 1;
    return key;
  }

  #value(key: ScalarNode, column: number): Node | undefined {
    const at = this.#blanks(this.#at);
    if (!this.#isEnd(at)) return this.#inline(at, column);
    this.#nextLine(this.#lineEnd(at) + 1);
    if (this.#column > column) return this.#block();
    if (this.#column === column && this.#isDash(this.#at)) return this.#seq(column);
    const vacant = key.end + 1;
    this.#last = vacant;
    return new ScalarNode(vacant, vacant, "plain", "");
  }

  #seq(column: number): SeqNode | undefined {
    const seq: SeqNode = { kind: "seq", start: this.#at, end: this.#at, flow: false, items: [] };
    while (this.#column === column && this.#isDash(this.#at)) {
      const at = this.#blanks(this.#at + 1);
      if (this.#isEnd(at)) return undefined;
      const inner = column + at - this.#at;
      const item = this.#isDash(at) || this.#beginsKey(at) ? this.#nested(at, inner) : this.#inline(at, column);
      if (!item) return undefined;
      seq.items.push(item);
    }
    if (this.#column > column) return undefined;
    seq.end = this.#last;
    return seq;
  }

  /** What begins behind a dash is a block that stands at its own column. */
  #nested(at: number, column: number): Node | undefined {
    this.#at = at;
    this.#column = column;
    return this.#block();
  }

  /** A line with a colon in it; whether that is a key's tells who reads it. */
  #beginsKey(at: number): boolean {
    const first = this.#code(at);
    let end = at;
    if (first === doubleQuote || first === singleQuote) end = this.#quoted(at, first)?.end ?? at;
    else while (inWord[this.#code(end)] === 1) end++;
    const behind = this.#code(end + 1);
    return end > at && this.#code(end) === colon && (behind === blank || behind === newline);
  }

  /** A value on the line of its key or dash, which stands at `column`, and on to the next line. */
  #inline(at: number, column: number): Node | undefined {
    const code = this.#code(at);
    if (code === bar || code === greater) return this.#blockScalar(at, column);
    const node =
      code === doubleQuote || code === singleQuote
        ? this.#quoted(at, code)
        : code === openBracket
          ? this.#list(at)
          : code === openBrace
            ? this.#emptyMap(at)
            : this.#plain(at);
    if (!node) return undefined;
    const behind = this.#blanks(node.end);
    if (!this.#isEnd(behind)) return undefined;
    this.#last = node.end;
    this.#nextLine(this.#lineEnd(behind) + 1);
    // The scalar would go on there.
    return this.#column > column ? undefined : node;
  }

  #scalar(start: number, end: number, style: ScalarStyle): ScalarNode {
    return new ScalarNode(start, end, style, undefined, this.#text);
  }

  #quoted(start: number, quote: number): ScalarNode | undefined {
    let end = start + 1;
    for (; this.#code(end) !== quote; end++) {
      const code = this.#code(end);
      if (code === newline || (code === backslash && quote === doubleQuote)) return undefined;
    }
    // Two of them stand for one.
    if (this.#code(end + 1) === quote) return undefined;
    return this.#scalar(start, end + 1, quote === doubleQuote ? "double" : "single");
  }

  #plain(start: number): ScalarNode | undefined {
    if (startsPlain[this.#code(start)] !== 1 || this.#isDash(start)) return undefined;
    let end = start;
    for (let at = start; ; at++) {
      const code = this.#code(at);
      if (code === newline) break;
      if (code === blank) continue;
      if (code === hash && this.#code(at - 1) === blank) break;
      if (code === colon) {
        const behind = this.#code(at + 1);
        if (behind === blank || behind === newline) return undefined;
      }
      end = at + 1;
    }
    return this.#scalar(start, end, "plain");
  }

  #list(start: number): SeqNode | undefined {
    const items: Node[] = [];
    let at = this.#blanks(start + 1);
    while (this.#code(at) !== closeBracket) {
      const item = items.length < longest ? this.#word(at) : undefined;
      if (!item) return undefined;
      items.push(item);
      at = this.#blanks(item.end);
      if (this.#code(at) === comma) at = this.#blanks(at + 1);
      else if (this.#code(at) !== closeBracket) return undefined;
    }
    return { kind: "seq", start, end: at + 1, flow: true, items };
  }

  #word(start: number): ScalarNode | undefined {
    const first = this.#code(start);
    if (first === doubleQuote || first === singleQuote) return this.#quoted(start, first);
    let end = start;
    while (inWord[this.#code(end)] === 1) end++;
    return end === start || first === dash ? undefined : this.#scalar(start, end, "plain");
  }

  #emptyMap(start: number): MapNode | undefined {
    if (this.#code(start + 1) !== closeBrace) return undefined;
    return { kind: "map", start, end: start + 2, flow: true, pairs: [] };
  }

  /** `|` or `>`, with or without `-`; its lines are those at the column of the first one, or behind it. */
  #blockScalar(at: number, column: number): Node | undefined {
    const strip = this.#code(at + 1) === dash;
    const start = this.#blanks(at + (strip ? 2 : 1)) + 1;
    if (this.#code(start - 1) !== newline || start >= this.#length) return undefined;
    const indent = this.#blanks(start) - start;
    if (indent <= column || this.#code(start + indent) === newline) return undefined;
    let end = start;
    while (end < this.#length) {
      const content = this.#blanks(end);
      if (content === this.#length) return undefined;
      if (content - end < indent && this.#code(content) !== newline) break;
      end = Math.min(this.#length, this.#lineEnd(content) + 1);
    }
    this.#last = end;
    this.#nextLine(end);
    if (this.#column > column) return undefined;
    const folded = this.#code(at) === greater;
    const event: ScalarEvent = {
      type: 4,
      valueStart: start,
      valueEnd: end,
      anchorStart: -1,
      anchorEnd: -1,
      tagStart: -1,
      tagEnd: -1,
      style: folded ? SCALAR_STYLE.FOLDED_BLOCK : SCALAR_STYLE.LITERAL_BLOCK,
      chomping: strip ? 2 : 1,
      indent,
      fast: false,
    };
    return new ScalarNode(start, end, folded ? "folded" : "literal", undefined, this.#text, event);
  }
}
