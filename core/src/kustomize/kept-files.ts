import { mayDirect } from "../lint/directives.ts";
import { LeftOut } from "../lint/left-out.ts";
import { saysNothing } from "../lint/prefilter.ts";
import type { Interest } from "../lint/relevance.ts";
import type { Document } from "../manifest/document.ts";
import type { ManifestFile } from "../manifest/file.ts";
import { LaterDocument } from "../manifest/later-document.ts";
import { isPlainSchema } from "./own-objects.ts";

/** UTF-16 units of files that are kept. */
const mostKept = 8_000_000;

/** Files as they were read last, as long as there is room, and what was printed for builds. */
export class KeptFiles {
  readonly #interest: Interest;
  readonly #documents = new Map<string, readonly Document[] | undefined>();
  /** By their texts: overlays of one base make much of it the same. */
  readonly #printed = new Map<string, Document>();
  /** In short, what is not kept any more, and the texts that generators take. */
  readonly #left = new Map<string, string>();
  readonly #texts = new Map<string, string>();
  #size = 0;

  constructor(interest: Interest) {
    this.#interest = interest;
  }

  forget(path: string): void {
    for (const known of [this.#documents, this.#left, this.#texts]) known.delete(path);
  }

  clear(): void {
    for (const known of [this.#documents, this.#printed, this.#left, this.#texts]) known.clear();
    this.#size = 0;
  }

  /** A file says what it said when it was read last. */
  isSame(path: string, file: Pick<ManifestFile, "documents" | "text">): boolean {
    const taken = this.#texts.get(path);
    // A file puts its text together when it is asked for it.
    if (taken !== undefined && taken !== digest(file.text)) return false;
    const { documents } = file;
    const before = this.#documents.get(path);
    if (before) return before.length === documents.length && documents.every((one, at) => isAlike(before[at], one));
    const left = this.#left.get(path);
    return left === undefined ? taken !== undefined : left === digest(textOf(documents.map(inShort)));
  }

  /** The text of a file that a generator takes. */
  takes(path: string, text: string): string {
    this.#texts.set(path, digest(text));
    return text;
  }

  /** `read` gives its documents, if it can be read. */
  documents(path: string, read: () => readonly Document[] | undefined): readonly Document[] | undefined {
    if (!this.#documents.has(path)) {
      const documents = read()?.map(inShort);
      this.#makeRoom(documents?.reduce((sum, one) => sum + heldOf(one), 0) ?? 0);
      this.#documents.set(path, documents);
    }
    return this.#documents.get(path);
  }

  /** Nothing is to be said of any of its documents. */
  leftOut(path: string, documents: readonly Document[]): void {
    this.#documents.set(path, documents);
  }

  /** Those of a file that was read and is kept as a whole. */
  whole(path: string): readonly Document[] | undefined {
    const documents = this.#documents.get(path);
    return documents?.includes(schema) ? undefined : documents;
  }

  /** The document of what was printed, the same for the same text; undefined if nothing can be said of it. */
  printed(text: string): Document | undefined {
    const known = this.#printed.get(text);
    if (known) return known;
    const glance = this.#interest.glance(text);
    const made = new LaterDocument(text, false, { glance });
    if (saysNothing(made)) return undefined;
    this.#makeRoom(text.length);
    this.#printed.set(text, made);
    return made;
  }

  #makeRoom(length: number): void {
    this.#size += length;
    if (this.#size <= mostKept) return;
    for (const [path, documents] of this.#documents) {
      if (documents && isLeftOut(documents)) continue;
      if (documents) this.#left.set(path, digest(textOf(documents)));
      this.#documents.delete(path);
    }
    this.#printed.clear();
    this.#size = length;
  }
}

/** Of a definition nothing is said and nothing built: what is in it need not be kept. */
const schema: Document = new LaterDocument("kind: CustomResourceDefinition\n", false);

function inShort(document: Document): Document {
  if (document instanceof LeftOut) return document;
  return isPlainSchema(document) && !mayDirect(document) ? schema : document;
}

function isAlike(before: Document | undefined, one: Document): boolean {
  return before === one || before?.text === inShort(one).text;
}

/** They are read again when somebody asks, so that there is room for them. */
function isLeftOut(documents: readonly Document[]): boolean {
  return documents.length > 0 && documents.every((one) => one instanceof LeftOut);
}

/** UTF-16 units. */
function heldOf(document: Document): number {
  return document instanceof LeftOut ? 0 : document.text.length;
}

function textOf(documents: readonly Document[]): string {
  return documents.map(({ text }) => text).join("");
}

/** {@link http://www.isthe.com/chongo/tech/comp/fnv/}, and how long it is. */
function digest(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return `${hash} ${text.length}`;
}
