import { embed } from "../manifest/embedded.ts";
import type { Field, Range } from "../manifest/field.ts";
import { isTemplated } from "../manifest/template.ts";
import { type Filled, filledAt, writtenRange } from "./envsubst.ts";
import { isPrintedPlain } from "./filled-in.ts";
import { type BuiltPart, type Entry, partEntries, partItems, typeOf, type WrittenPart } from "./parts.ts";
import type { Source } from "./source.ts";

/** A text that was made of parts, and where what stands in it was written. */
export interface PrintedParts {
  readonly text: string;
  /** Where a range of it was written; undefined for what nobody wrote. */
  origin(range: Range): WrittenPlace | undefined;
}

/** A place in a document of a file. */
export interface WrittenPlace extends Range {
  readonly from: Source;
  readonly path: string;
  /** The file that is named there, if it is its text. */
  readonly inFile?: string;
  /** What is filled in there. */
  readonly filled?: readonly Filled[];
}

/** `above`: lines before it. undefined for what is too large to be built. */
export function print(part: BuiltPart, above = ""): PrintedParts | undefined {
  const printer = new Printer(above);
  printer.root(part);
  return printer.left < 0 ? undefined : printer.printed();
}

/** Where a scalar or a key stands in the text. */
interface Piece extends Range {
  readonly of: WrittenPart;
  readonly isKey?: true;
  /** The text that is written there begins so far behind the start. */
  readonly lead: number;
  /** Spaces before each line of a block. */
  readonly indent?: number;
}

/** Scalars and collections; more are in no object that somebody wrote, but in what aliases make. */
const most = 50_000;

class Printer {
  left = most;
  readonly #texts: string[] = [];
  /** How long they are together. */
  #length = 0;
  /** What was added last. */
  #last: "line" | "dash" | "value" = "line";
  readonly #pieces: Piece[] = [];

  constructor(above: string) {
    this.#add(above);
  }

  root(part: BuiltPart): void {
    this.#value(part, 0, "");
    this.#add("\n");
  }

  printed(): PrintedParts {
    const pieces = this.#pieces;
    return { text: this.#texts.join(""), origin: (range) => originIn(pieces, range) };
  }

  #add(text: string): void {
    this.#texts.push(text);
    this.#length += text.length;
  }

  /** `before`: what stands between the colon or the dash and a value on the same line. */
  #value(part: BuiltPart, indent: number, before: string): void {
    if (--this.left < 0) return;
    const type = typeOf(part);
    if (type === "map") this.#map(partEntries(part), indent, before);
    else if (type === "seq") this.#seq(partItems(part), indent, before);
    else if (part.kind === "written") {
      this.#add(before);
      this.#scalar(part, indent);
    }
    this.#last = "value";
  }

  #map(entries: readonly Entry[], indent: number, before: string): void {
    if (entries.length === 0) this.#add(`${before}{}`);
    for (const [index, { key, beside, value }] of entries.entries()) {
      this.#line(index, indent, before);
      const start = this.#length;
      this.#add(plainKey.test(key) ? key : JSON.stringify(key));
      if (beside) this.#pieces.push({ start, end: this.#length, of: beside, isKey: true, lead: 0 });
      this.#add(":");
      this.#last = "value";
      this.#value(value, indent + 2, " ");
    }
  }

  #seq(items: readonly BuiltPart[], indent: number, before: string): void {
    if (items.length === 0) this.#add(`${before}[]`);
    for (const [index, item] of items.entries()) {
      this.#line(index, indent, before);
      this.#add("-");
      this.#last = "dash";
      this.#value(item, indent + 2, " ");
    }
  }

  /** The first entry of an item stands beside its dash, anything else on a line of its own. */
  #line(index: number, indent: number, before: string): void {
    if (this.#last === "line") return;
    const besideDash = index === 0 && this.#last === "dash";
    this.#add(besideDash ? before : `\n${" ".repeat(indent)}`);
  }

  #scalar(part: WrittenPart, indent: number): void {
    const text = part.text ?? textIn(part.field);
    const style = styleOf(part, text);
    if (style === "block") {
      const chomp = /\n\n$|^\n+$/.test(text) ? "+" : text.endsWith("\n") ? "" : "-";
      this.#add(`|2${chomp}\n`);
      const start = this.#length;
      const lines = text.replace(/\n$/, "").split("\n");
      this.#add(lines.map((line) => " ".repeat(indent) + line).join("\n"));
      this.#pieces.push({ start, end: this.#length, of: part, lead: 0, indent });
      return;
    }
    const start = this.#length;
    this.#add(style === "plain" ? text : JSON.stringify(text));
    this.#pieces.push({ start, end: this.#length, of: part, lead: style === "plain" ? 0 : 1 });
  }
}

const plainKey = /^[A-Za-z_][\w./-]*$/;

function textIn({ node }: Field): string {
  return node.kind === "scalar" ? node.text : "";
}

function styleOf({ field, text: made, substituted }: WrittenPart, text: string): "plain" | "quoted" | "block" {
  if (isTemplated(text)) return "quoted";
  if (substituted && isPrintedPlain(textIn(field))) return "plain";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what a block cannot hold
  if (text.includes("\n")) return /[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff]/.test(text) ? "quoted" : "block";
  const isPlain = field.node.kind === "scalar" && field.node.style === "plain" && made === undefined;
  return isPlain ? "plain" : "quoted";
}

function originIn(pieces: readonly Piece[], { start, end }: Range): WrittenPlace | undefined {
  const piece = pieceAt(pieces, start);
  if (!piece) return undefined;
  const { field, from, text, inFile, substituted } = piece.of;
  if (piece.isKey) return { from, ...field.key, path: field.path };
  const named = inFile === undefined ? {} : { inFile };
  const whole = { from, start: field.start, end: field.end, path: field.path, ...named };
  const inner = embed(field, "");
  if (substituted) {
    const [first, last] = [start, end].map((offset) => textOffset(piece, substituted.text, offset)) as [number, number];
    const filled = filledAt(substituted, { start: first, end: last });
    if (inner?.text !== substituted.before || inFile !== undefined) return { ...whole, filled };
    const range = writtenRange(substituted, { start: first, end: last });
    const ends = inner.outer(range.end);
    return { ...whole, start: inner.outer(range.start), end: Math.max(inner.outer(range.start), ends), filled };
  }
  if (text !== undefined || (start <= piece.start && end >= piece.end)) return whole;
  if (!inner) return whole;
  const at = (offset: number) => inner.outer(textOffset(piece, inner.text, offset));
  return { from, path: field.path, start: at(start), end: Math.max(at(start), at(end)) };
}

function pieceAt(pieces: readonly Piece[], offset: number): Piece | undefined {
  let low = 0;
  for (let high = pieces.length - 1; low < high; ) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle]?.start ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  const piece = pieces[low];
  return piece && piece.start <= offset && offset <= piece.end ? piece : undefined;
}

/** From an offset in what was printed to one in the scalar's text. */
function textOffset({ start, lead, indent }: Piece, text: string, offset: number): number {
  if (indent === undefined) return Math.max(0, Math.min(text.length, offset - start - lead));
  let printed = start;
  let at = 0;
  for (const line of text.split("\n")) {
    const end = printed + indent + line.length;
    if (offset <= end) return at + Math.max(0, offset - printed - indent);
    printed = end + 1;
    at += line.length + 1;
  }
  return text.length;
}
