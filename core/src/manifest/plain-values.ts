import { SCALAR_STYLE, type ScalarEvent } from "js-yaml";
import { type MapNode, type Node, ScalarNode, type ScalarStyle, type SeqNode } from "./node.ts";
import { mask } from "./template.ts";

/** Values as {@link parsePlain} knows them: each gives the node that begins at an offset, or undefined for what it leaves alone. */

export const newline = 10;
export const blank = 32;
export const hash = 35;
export const dash = 45;
export const colon = 58;
const doubleQuote = 34;
export const singleQuote = 39;
const comma = 44;
const openBracket = 91;
export const backslash = 92;
const closeBracket = 93;
const openBrace = 123;
const bar = 124;
const closeBrace = 125;
const greater = 62;

/** What keys without quotes are made of, and what stands without them in brackets; others are left to the other parser. */
const inWord = charsOf(/[\w./-]/);
const startsKey = charsOf(/[\w/]/);
/** What a scalar without quotes may start with; a dash too, if no blank follows. */
const startsPlain = charsOf(/[\w./$(+;<=^~\\-]/);

/** What stands for a template's action may be anywhere in a scalar: {@link mask}. */
const masked = mask.charCodeAt(0);

function charsOf(pattern: RegExp): Uint8Array {
  return Uint8Array.from({ length: 128 }, (_, code) => (pattern.test(String.fromCharCode(code)) ? 1 : 0));
}

/** With more between brackets than people write there, another parser is as good. */
const longest = 1000;

/** The character there, as if the text ended with a line break. */
export function codeAt(text: string, at: number): number {
  return at < text.length ? text.charCodeAt(at) : newline;
}

/** Where the blanks end. */
export function blanks(text: string, from: number): number {
  let at = from;
  while (codeAt(text, at) === blank) at++;
  return at;
}

export function lineEnd(text: string, from: number): number {
  const end = text.indexOf("\n", from);
  return end < 0 ? text.length : end;
}

/** Tells whether nothing but a comment is left of a line. */
export function isEnd(text: string, at: number): boolean {
  const code = codeAt(text, at);
  return code === newline || (code === hash && codeAt(text, at - 1) === blank);
}

export function isDash(text: string, at: number): boolean {
  if (codeAt(text, at) !== dash) return false;
  const behind = codeAt(text, at + 1);
  return behind === blank || behind === newline;
}

/** A key with its colon behind it. */
export function key(text: string, start: number): ScalarNode | undefined {
  const end = keyEnd(text, start);
  return end < 0 ? undefined : scalarOfWord(text, start, end);
}

/** Where the colon of a key stands; -1 if there is none. */
export function keyEnd(text: string, start: number): number {
  const first = codeAt(text, start);
  const end = isQuote(first) || startsKey[first] === 1 || first === masked ? wordEnd(text, start) : -1;
  // YAML 1.2.2, section 7.4.2: the colon of a key follows within 1,024 characters.
  return end >= 0 && end - start < 1000 && codeAt(text, end) === colon && isEndOfKey(text, end + 1) ? end : -1;
}

function isEndOfKey(text: string, at: number): boolean {
  const code = codeAt(text, at);
  return code === blank || code === newline;
}

/** A value that begins and ends on one line. */
export function value(text: string, at: number): Node | undefined {
  const code = codeAt(text, at);
  if (isQuote(code)) return word(text, at);
  if (code === openBracket) return list(text, at);
  return code === openBrace ? emptyMap(text, at) : plain(text, at);
}

export function isQuote(code: number): boolean {
  return code === doubleQuote || code === singleQuote;
}

function scalar(text: string, start: number, end: number, style: ScalarStyle): ScalarNode {
  return new ScalarNode(start, end, style, undefined, text);
}

/** Behind its closing quote; -1 if there are escapes, or more lines. */
function quotedEnd(text: string, start: number, quote: number): number {
  let end = start + 1;
  for (; codeAt(text, end) !== quote; end++) {
    const code = codeAt(text, end);
    if (code === newline || (code === backslash && quote === doubleQuote)) return -1;
  }
  // Two of them stand for one.
  return codeAt(text, end + 1) === quote ? -1 : end + 1;
}

export function startsPlainScalar(text: string, start: number): boolean {
  const first = codeAt(text, start);
  return (startsPlain[first] === 1 || first === masked) && !isDash(text, start);
}

function plain(text: string, start: number): ScalarNode | undefined {
  const end = startsPlainScalar(text, start) ? plainEnd(text, start) : -1;
  return end < 0 ? undefined : scalar(text, start, end, "plain");
}

/** Where what a scalar without quotes has on a line ends, before blanks and a comment; -1 if there is a key in it. */
export function plainEnd(text: string, start: number): number {
  let end = start;
  for (let at = start; ; at++) {
    const code = codeAt(text, at);
    if (code === newline) return end;
    if (code === blank) continue;
    if (code === hash && codeAt(text, at - 1) === blank) return end;
    if (code === colon && isEndOfKey(text, at + 1)) return -1;
    end = at + 1;
  }
}

function list(text: string, start: number): SeqNode | undefined {
  const items: Node[] = [];
  let at = blanks(text, start + 1);
  while (codeAt(text, at) !== closeBracket) {
    const item = items.length < longest && codeAt(text, at) !== dash ? word(text, at) : undefined;
    if (!item) return undefined;
    items.push(item);
    at = blanks(text, item.end);
    if (codeAt(text, at) === comma) at = blanks(text, at + 1);
    else if (codeAt(text, at) !== closeBracket) return undefined;
  }
  return { kind: "seq", start, end: at + 1, flow: true, items };
}

function word(text: string, start: number): ScalarNode | undefined {
  const end = wordEnd(text, start);
  return end < 0 ? undefined : scalarOfWord(text, start, end);
}

function scalarOfWord(text: string, start: number, end: number): ScalarNode {
  const first = codeAt(text, start);
  return scalar(text, start, end, first === doubleQuote ? "double" : first === singleQuote ? "single" : "plain");
}

/** Of what is quoted, or of characters that cannot be mistaken for anything else; -1 if that is neither. */
function wordEnd(text: string, start: number): number {
  const first = codeAt(text, start);
  if (isQuote(first)) return quotedEnd(text, start, first);
  let end = start;
  for (let code = first; inWord[code] === 1 || code === masked; code = codeAt(text, end)) end++;
  return end === start ? -1 : end;
}

function emptyMap(text: string, start: number): MapNode | undefined {
  if (codeAt(text, start + 1) !== closeBrace) return undefined;
  return { kind: "map", start, end: start + 2, flow: true, pairs: [] };
}

export function beginsFlow(text: string, at: number): boolean {
  const code = codeAt(text, at);
  return code === openBracket || code === openBrace;
}

export function beginsBlock(text: string, at: number): boolean {
  const code = codeAt(text, at);
  return code === bar || code === greater;
}

/** `|` or `>`, with or without `-`; its lines are those at the column of the first one, or behind it, and that behind `column`. */
export function blockScalar(text: string, at: number, column: number): ScalarNode | undefined {
  const strip = codeAt(text, at + 1) === dash;
  const start = blanks(text, at + (strip ? 2 : 1)) + 1;
  if (codeAt(text, start - 1) !== newline || start >= text.length) return undefined;
  const indent = blanks(text, start) - start;
  if (indent <= column || codeAt(text, start + indent) === newline) return undefined;
  let end = start;
  while (end < text.length) {
    const content = blanks(text, end);
    if (content === text.length) return undefined;
    if (content - end < indent && codeAt(text, content) !== newline) break;
    end = Math.min(text.length, lineEnd(text, content) + 1);
  }
  const folded = codeAt(text, at) === greater;
  const style = folded ? SCALAR_STYLE.FOLDED_BLOCK : SCALAR_STYLE.LITERAL_BLOCK;
  const places = { valueStart: start, valueEnd: end, anchorStart: -1, anchorEnd: -1, tagStart: -1, tagEnd: -1 };
  const event: ScalarEvent = { type: 4, ...places, style, chomping: strip ? 2 : 1, indent, fast: false };
  return new ScalarNode(start, end, folded ? "folded" : "literal", undefined, text, event);
}
