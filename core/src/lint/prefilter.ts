import { countLines, type Document, parseDocument, programDocument } from "../manifest/document.ts";
import { LaterDocument } from "../manifest/later-document.ts";
import { holdsNothing, programOf } from "../manifest/program-file.ts";
import { isSurelySound } from "../manifest/sound.ts";
import { textsOf } from "../manifest/split.ts";
import { maySayAnything } from "./fact.ts";
import {
  isParts,
  isUsual,
  type LeftOutParts,
  leftOutOf,
  leftOutPartsOf,
  nothing,
  schemaAtTop,
  usualSchema,
} from "./left-out.ts";
import { Interest } from "./relevance.ts";
import type { NamedRule } from "./rule.ts";

/** The bytes of a file in UTF-8: what Node's Buffer is. */
export interface Bytes {
  readonly length: number;
  readonly [index: number]: number;
  indexOf(text: string, from?: number): number;
  toString(encoding: "utf8" | "latin1", start?: number, end?: number): string;
}

/** Which file is read. */
export interface FileOf {
  /** Its path; what has none is a manifest. */
  readonly name?: string;
  /** What it leaves out says nothing. */
  readonly patch?: boolean;
  /** What stands in the place of its variables may say something. */
  readonly fills?: boolean;
  /** Gives its text once more: what is left out of it is told then instead of being nothing. */
  readonly again?: () => string;
}

/**
 * Tells from its bytes whether a document can hold anything for a rule or a fact: most of what workspaces hold (schemas, roles,
 * dashboards) can not, and is not even decoded.
 */
export class Prefilter {
  readonly #interest: Interest;

  constructor(rules: readonly NamedRule[]) {
    this.#interest = Interest.of(rules);
  }

  /** The documents of a file, those of no interest unread; undefined if that is all of them, unless it can be read `again`. */
  documents(bytes: Bytes, of: FileOf = {}): readonly Document[] | undefined {
    const steps = this.reading(bytes, of);
    for (;;) {
      const { done, value } = steps.next();
      if (done) return value;
    }
  }

  /** The same, at most one document a step. The bytes have to hold until the last one. */
  *reading(
    bytes: Bytes,
    { name = "", patch = false, fills = false, again }: FileOf = {},
  ): Generator<undefined, readonly Document[] | undefined> {
    const text = () => bytes.toString("utf8", 0, bytes.length);
    const program = programOf(name, text);
    if (program !== undefined) return holdsNothing(text(), program) ? undefined : [programDocument(text(), program)];
    const starts = starting(bytes);
    const documents: (LaterDocument | LeftOutParts | undefined)[] = [];
    const usual = again !== undefined && isUsual(bytes);
    let kind = bytes.indexOf("kind:");
    for (const [index, start] of starts.entries()) {
      const end = starts[index + 1] ?? bytes.length;
      if (kind >= 0 && kind < start) kind = bytes.indexOf("kind:", start);
      if (kind < end && isSchema(bytes, start, kind))
        documents.push(
          again && (usual ? usualSchema : leftOutPartsOf(bytes.toString("utf8", start, end), undefined, usual)),
        );
      else {
        const latin1 = bytes.toString("latin1", start, end);
        const glance = latin1.length > long ? yield* this.#interest.glancing(latin1) : this.#interest.glance(latin1);
        documents.push(
          glance.ofInterest || maySayAnything(glance)
            ? new LaterDocument(asText(latin1, bytes, start, end), patch, { glance })
            : again && leftOutPartsOf(asText(latin1, bytes, start, end), glance.kinds, usual),
        );
      }
      yield;
    }
    const isFilled = fills && bytes.indexOf("${") >= 0;
    if (!isFilled && documents.every((document) => document === undefined)) return undefined;
    if (again && !isFilled && documents.every(isParts)) return leftOutOf(documents, again);
    return documents.map((document, index) =>
      document instanceof LaterDocument
        ? document
        : new Unread(bytes.toString("utf8", starts[index], starts[index + 1])),
    );
  }
}

/** The documents of a text that is decoded already: those of no interest say so in their glance, and are parsed for whoever asks nevertheless. */
export function glanced(text: string, interest: Interest): readonly Document[] {
  return textsOf(text).map(
    (own) => new LaterDocument(own, false, { glance: schemaAtTop.test(own) ? nothing : interest.glance(own) }),
  );
}

/** No rule and no fact can have anything to say of a document. */
export function saysNothing({ glance }: Document): boolean {
  return glance !== undefined && !glance.ofInterest && !maySayAnything(glance);
}

function asText(latin1: string, bytes: Bytes, start: number, end: number): string {
  return /[\x80-\xff]/.test(latin1) ? bytes.toString("utf8", start, end) : latin1;
}

/** Bytes; what is looked at in steps. */
const long = 100_000;

/** Only its text and its lines are wanted, for the places of what stands below it. */
class Unread implements Document {
  readonly text: string;
  readonly resources = [];
  readonly glance = nothing;

  constructor(text: string) {
    this.text = text;
  }

  get lines(): number {
    return countLines(this.text);
  }

  /** Nothing is lost by them, whoever asks nevertheless. */
  get problems(): Document["problems"] {
    return isSurelySound(this.text) ? [] : parseDocument(this.text).problems;
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

/** Tells those that say so in their first `kind:`, which stands at `kind`; it is worth not to decode them. */
function isSchema(bytes: Bytes, start: number, kind: number): boolean {
  return (
    (kind === start || (kind > start && bytes[kind - 1] === 10)) &&
    /^kind: *CustomResourceDefinition\b/.test(bytes.toString("latin1", kind, kind + 40))
  );
}
