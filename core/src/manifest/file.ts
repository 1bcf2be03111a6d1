import { type Document, programDocument } from "./document.ts";
import { LaterDocument } from "./later-document.ts";
import { hasContent, splitDocuments } from "./split.ts";

/** 0-based line, and UTF-16 units in it: what the Language Server Protocol calls a position. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Replaces what lies between two positions; without positions, the whole text. */
export interface TextChange {
  readonly start?: Position;
  readonly end?: Position;
  readonly text: string;
}

/** A document and the number of the file's lines above it. */
export interface PlacedDocument {
  readonly document: Document;
  readonly line: number;
}

/** What a file is known to be beyond its text. */
export interface ReadAs {
  /** It is merged into an object that stands elsewhere, so that what it leaves out says nothing. */
  readonly patch?: boolean;
  /** It is no manifest but a program's own file, of this kind: see `programOf`. */
  readonly program?: string | undefined;
}

/**
 * A file as a rope of its documents. An edit splits and parses again only the documents it touches; the others keep
 * their parse and everything derived from it, since their offsets count from their own start.
 */
export class ManifestFile {
  #documents: Document[];
  /** The lines above the first documents, as far as somebody asked. */
  #lines: number[] = [0];
  readonly #as: ReadAs;

  /** From its text, or from documents that stand one behind the other. */
  constructor(content: string | readonly Document[], as: ReadAs = {}) {
    this.#as = as;
    this.#documents = typeof content === "string" ? parseAll(content, as) : [...content];
  }

  /** The kind of a program's own file; undefined for a manifest. */
  get program(): string | undefined {
    return this.#as.program;
  }

  get documents(): readonly Document[] {
    return this.#documents;
  }

  get text(): string {
    return this.#documents.map(({ text }) => text).join("");
  }

  /** The lines above a document. */
  lineOf(index: number): number {
    while (this.#lines.length <= index && this.#lines.length <= this.#documents.length) this.#nextLine();
    return this.#lines[index] ?? 0;
  }

  /** The document that holds a position, with its index. */
  at(position: Position): PlacedDocument & { readonly index: number; readonly offset: number } {
    const index = this.#find(position.line);
    const document = this.#documents[index] as Document;
    const line = this.lineOf(index);
    return { index, document, line, offset: offsetIn(document.text, position.line - line, position.character) };
  }

  /** A position in the file from an offset in one of its documents. */
  position(index: number, offset: number): Position {
    const document = this.#documents[index];
    if (!document) return { line: this.lineOf(index), character: 0 };
    const starts = lineStarts(document);
    let line = 0;
    for (let high = starts.length - 1; line < high; ) {
      const middle = (line + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) line = middle;
      else high = middle - 1;
    }
    const character = Math.min(offset, document.text.length) - (starts[line] ?? 0);
    return { line: this.lineOf(index) + line, character };
  }

  /** Applies an edit; says which documents were replaced by how many new ones. */
  change({ start, end, text }: TextChange): {
    readonly index: number;
    readonly removed: number;
    readonly added: number;
  } {
    if (!start || !end) return this.#replace(0, this.#documents.length, text);
    const from = this.at(start);
    const to = this.at(end);
    // Typing at the marker line of a document can dissolve it into the one above.
    const first = from.index > 0 && from.offset <= 4 ? from.index - 1 : from.index;
    const before = first < from.index ? (this.#documents[first]?.text ?? "") : "";
    let merged = before + from.document.text.slice(0, from.offset) + text + to.document.text.slice(to.offset);
    let last = to.index;
    // What is left with comments only belongs to the document that follows.
    while (
      first === 0 &&
      last + 1 < this.#documents.length &&
      !merged.startsWith("---") &&
      !hasContent(merged, 0, merged.length)
    )
      merged += this.#documents[++last]?.text ?? "";
    // Without its line break a document runs into the marker that follows.
    if (last + 1 < this.#documents.length && merged !== "" && !merged.endsWith("\n"))
      merged += this.#documents[++last]?.text ?? "";
    return this.#replace(first, last - first + 1, merged);
  }

  #replace(index: number, removed: number, text: string): { index: number; removed: number; added: number } {
    const before = removed === 1 ? this.#documents[index] : undefined;
    const added = text === "" && this.#documents.length > removed ? [] : parseAll(text, this.#as, before);
    this.#documents.splice(index, removed, ...added);
    const [only] = added;
    if (added.length !== 1 || only?.lines !== before?.lines)
      this.#lines.length = Math.min(this.#lines.length, index + 1);
    return { index, removed, added: added.length };
  }

  #nextLine(): void {
    const last = this.#lines.length - 1;
    this.#lines.push((this.#lines[last] ?? 0) + (this.#documents[last]?.lines ?? 0));
  }

  /** The last document that begins at or above a line. */
  #find(line: number): number {
    while ((this.#lines.at(-1) ?? 0) <= line && this.#lines.length < this.#documents.length) this.#nextLine();
    let low = 0;
    for (let high = this.#lines.length - 1; low < high; ) {
      const middle = (low + high + 1) >> 1;
      if ((this.#lines[middle] ?? 0) <= line) low = middle;
      else high = middle - 1;
    }
    return Math.min(low, Math.max(0, this.#documents.length - 1));
  }
}

function parseAll(text: string, { patch = false, program }: ReadAs, before?: Document): Document[] {
  if (program !== undefined) return [programDocument(text, program)];
  const starts = splitDocuments(text);
  if (starts.length === 1) return [new LaterDocument(text, patch, { before })];
  return starts.map((start, index) => new LaterDocument(text.slice(start, starts[index + 1] ?? text.length), patch));
}

const tables = new WeakMap<Document, readonly number[]>();

/** The offsets at which a document's lines start. */
function lineStarts(document: Document): readonly number[] {
  let starts = tables.get(document);
  if (!starts) {
    const { text } = document;
    const found = [0];
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) found.push(at + 1);
    tables.set(document, found);
    starts = found;
  }
  return starts;
}

function offsetIn(text: string, line: number, character: number): number {
  let start = 0;
  for (let count = 0; count < line; count++) {
    const next = text.indexOf("\n", start);
    if (next < 0) return text.length;
    start = next + 1;
  }
  const newline = text.indexOf("\n", start);
  return Math.min(start + character, newline < 0 ? text.length : newline);
}
