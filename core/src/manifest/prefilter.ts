import { factKinds } from "../fact.ts";
import type { NamedRule } from "../lint.ts";
import { writtenAs } from "./classify.ts";
import { countLines, type Document, parseDocument } from "./document.ts";

/** The bytes of a file in UTF-8: what Node's Buffer is. */
export interface Bytes {
  readonly length: number;
  readonly [index: number]: number;
  indexOf(text: string, from: number): number;
  toString(encoding: "utf8", start: number, end: number): string;
}

/**
 * Tells from its bytes whether a document can hold anything for a rule: most of what workspaces hold (schemas, roles,
 * dashboards) can not, and is neither decoded nor parsed. A document is read if a rule or a fact names its kind, if its
 * kind cannot be told, or if it holds something like an address and there are rules for every kind.
 */
export class Prefilter {
  readonly #kinds: ReadonlySet<string>;
  readonly #any: boolean;

  constructor(rules: readonly NamedRule[]) {
    const kinds = rules.flatMap(({ rule }) => rule.kinds);
    this.#any = kinds.includes("*");
    // A fact about every kind tells of what is read for some other reason.
    this.#kinds = new Set([...holders, ...[...kinds, ...factKinds()].flatMap((kind) => writtenAs[kind] ?? kind)]);
  }

  /** The documents of a file, those of no interest unread; undefined if that is all of them. */
  documents(bytes: Bytes, patch = false): readonly Document[] | undefined {
    const documents = [...this.reading(bytes, patch)];
    return documents.length > 0 ? documents : undefined;
  }

  /** The same one by one, since parsing takes its time; none if there is nothing of interest. */
  *reading(bytes: Bytes, patch = false): Generator<Document> {
    const starts = starting(bytes);
    const parts = starts.map((start, index) => {
      const end = starts[index + 1] ?? bytes.length;
      return { start, end, wanted: this.wants(bytes, start, end) };
    });
    if (!parts.some(({ wanted }) => wanted)) return;
    for (const { start, end, wanted } of parts)
      yield wanted ? parseDocument(bytes.toString("utf8", start, end), patch) : new Unread(bytes, start, end);
  }

  wants(bytes: Bytes, start: number, end: number): boolean {
    let known = false;
    for (let at = kindAt(bytes, start, end); at >= 0; at = kindAt(bytes, at, end)) {
      const kind = wordAt(bytes, at, end);
      if (kind === "" || kind.endsWith("List") || this.#kinds.has(kind)) return true;
      if (kind === schema) return false;
      known = true;
    }
    // Without a kind at the start of a line it may be anything: values, JSON, a template.
    return !known || (this.#any && holdsAddress(bytes, start, end));
  }
}

/** What files are embedded in. */
const holders = ["ConfigMap", "NetworkAttachmentDefinition"];

/** Three quarters of the bytes in public repositories: schemas and their descriptions, no address that is used. */
const schema = "CustomResourceDefinition";

class Unread implements Document {
  readonly problems = [];
  readonly resources = [];
  readonly #bytes: Bytes;
  readonly #start: number;
  readonly #end: number;

  constructor(bytes: Bytes, start: number, end: number) {
    this.#bytes = bytes;
    this.#start = start;
    this.#end = end;
  }

  get text(): string {
    return this.#bytes.toString("utf8", this.#start, this.#end);
  }

  get lines(): number {
    return countLines(this.text);
  }
}

/** Where documents start, as `splitDocuments` tells it from text: comments above the first marker belong to what follows. */
function starting(bytes: Bytes): number[] {
  const starts = [0];
  let begun = isMarker(bytes, 0);
  for (let at = bytes.indexOf("\n---", 0); at >= 0; at = bytes.indexOf("\n---", at + 4)) {
    if (!isMarker(bytes, at + 1)) continue;
    if (begun || !onlyComments(bytes, at)) starts.push(at + 1);
    begun = true;
  }
  return starts;
}

function isMarker(bytes: Bytes, at: number): boolean {
  if (bytes[at] !== 45 || bytes[at + 1] !== 45 || bytes[at + 2] !== 45) return false;
  const after = bytes[at + 3];
  return after === undefined || after === 10 || after === 13 || after === 32 || after === 9;
}

/** Nothing but comments, directives and blanks before an offset, the byte order mark among them. */
function onlyComments(bytes: Bytes, to: number): boolean {
  for (let at = bytes[0] === 0xef ? 3 : 0; at < to; at++) {
    const byte = bytes[at];
    if (byte === 35 || byte === 37) {
      const newline = bytes.indexOf("\n", at);
      if (newline < 0 || newline >= to) return true;
      at = newline;
    } else if (byte !== 32 && byte !== 9 && byte !== 10 && byte !== 13) return false;
  }
  return true;
}

/** Behind the next `kind:` at the start of a line; -1 if there is none. */
function kindAt(bytes: Bytes, from: number, end: number): number {
  if ((from === 0 || bytes[from - 1] === 10) && bytes.toString("utf8", from, from + 5) === "kind:") return from + 5;
  const at = bytes.indexOf("\nkind:", from);
  return at < 0 || at >= end ? -1 : at + 6;
}

/** The word behind `kind:`; "" for what is no plain word. */
function wordAt(bytes: Bytes, from: number, end: number): string {
  const newline = bytes.indexOf("\n", from);
  const line = bytes.toString("utf8", from, newline < 0 || newline > end ? end : newline);
  return /^[ \t]+(["']?)(\w+)\1[ \t]*(?:#.*)?\r?$/.exec(line)?.[2] ?? "";
}

const digit = 1;
const hex = 2;
const classes = new Uint8Array(256);
for (const char of "0123456789") classes[char.charCodeAt(0)] = digit | hex;
for (const char of "abcdefABCDEF") classes[char.charCodeAt(0)] = hex;

/** Two colons side by side, two groups of hex digits with a colon behind each, or four numbers with dots between. */
function holdsAddress(bytes: Bytes, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte === 58 && (bytes[at + 1] === 58 || (is(bytes, at - 1, hex) && bytes[after(bytes, at + 1, hex)] === 58)))
      return true;
    if (byte === 46 && is(bytes, at - 1, digit) && dotted(bytes, at)) return true;
  }
  return false;
}

function dotted(bytes: Bytes, first: number): boolean {
  const second = after(bytes, first + 1, digit);
  const third = after(bytes, second + 1, digit);
  return bytes[second] === 46 && bytes[third] === 46 && is(bytes, third + 1, digit);
}

function after(bytes: Bytes, from: number, what: number): number {
  let at = from;
  while (is(bytes, at, what)) at++;
  return at === from ? -1 : at;
}

function is(bytes: Bytes, at: number, what: number): boolean {
  return ((classes[bytes[at] ?? 0] ?? 0) & what) !== 0;
}
