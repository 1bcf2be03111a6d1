import { countLines, type Document } from "../manifest/document.ts";
import { LaterDocument } from "../manifest/later-document.ts";
import { type Glance, Mentions } from "../manifest/mentions.ts";
import { isSoundAsWritten } from "../manifest/sound.ts";
import { textsOf } from "../manifest/split.ts";
import { schema } from "./kinds-in-text.ts";

/** Of a document of which nothing is to be said. */
export const nothing: Glance = { kinds: [], ofInterest: false, mentions: new Mentions("") };

/** What a text tells of itself without being kept. */
export interface LeftOutParts {
  /** UTF-16 units. */
  readonly length: number;
  /** The kinds that stand in it; undefined if any may. */
  readonly kinds: readonly string[] | undefined;
  /** As {@link isPlainObject} and {@link schemaAtTop} tell; undefined where braces have to be read through, which is done for who asks. */
  readonly isPlain: boolean | undefined;
  readonly isSchema: boolean;
  /** Those of {@link telling} that stand in it. */
  readonly holds: readonly Telling[];
}

/**
 * A document of which nothing is to be said as it stands. Whoever builds with it asks little of it, which is known; for the rest it is
 * read again.
 */
export class LeftOut implements Document {
  readonly glance = nothing;
  readonly parts: LeftOutParts;
  readonly #again: () => string;
  #isPlain: boolean | undefined;
  #read: LaterDocument | undefined;

  constructor(parts: LeftOutParts, again: () => string) {
    this.parts = parts;
    this.#isPlain = parts.isPlain;
    this.#again = again;
  }

  /** As {@link isPlainObject} tells. */
  get isPlain(): boolean {
    this.#isPlain ??= isPlainObject(this.#again());
    return this.#isPlain;
  }

  get text(): string {
    return this.#document.text;
  }

  get lines(): number {
    return countLines(this.text);
  }

  get problems(): Document["problems"] {
    return this.#document.problems;
  }

  get resources(): Document["resources"] {
    return this.#document.resources;
  }

  get #document(): LaterDocument {
    this.#read ??= new LaterDocument(this.#again(), false, { glance: nothing });
    return this.#read;
  }
}

/** They are read again together, and split as the bytes are. */
export function leftOutOf(documents: readonly LeftOutParts[], again: () => string): readonly Document[] {
  let texts: readonly string[] | undefined;
  const textAt = (index: number) => {
    texts ??= textsOf(again());
    return texts[index] ?? "";
  };
  return documents.map((parts, index) => new LeftOut(parts, () => textAt(index)));
}

export function isParts(one: object | undefined): one is LeftOutParts {
  return one !== undefined && "isPlain" in one;
}

/** Nothing in it makes more of a document than what stands there. */
export function isUsual(bytes: { indexOf(text: string): number }): boolean {
  return telling.every((word) => bytes.indexOf(word) < 0);
}

/** A word stands in a document. */
export function holdsWord(document: Document, word: Telling): boolean {
  return document instanceof LeftOut ? document.parts.holds.includes(word) : document.text.includes(word);
}

const telling = ["{{", "$patch:", "${", "kustomize.toolkit.fluxcd.io"] as const;
type Telling = (typeof telling)[number];

/** A definition is not looked at any further. */
export const usualSchema: LeftOutParts = {
  length: "kind: CustomResourceDefinition\n".length,
  kinds: [schema],
  isPlain: true,
  isSchema: true,
  holds: [],
};

/** `kinds`: what a glance tells, which looks for no others beside a definition. `usual`: {@link isUsual} of all that stands around it. */
export function leftOutPartsOf(text: string, kinds: Glance["kinds"], usual: boolean): LeftOutParts {
  const likely = /^kind:/m.test(text) && (usual || !text.includes("$patch:"));
  const templated = likely && !usual && text.includes("{{");
  const isSchema = (kinds === undefined || kinds.includes(schema)) && schemaAtTop.test(text);
  const held = usual ? [] : telling.filter((word) => text.includes(word));
  const plain = templated ? (isSchema ? isPlainObject(text) : undefined) : likely;
  if (plain && isSchema) return usual ? usualSchema : { ...usualSchema, holds: held };
  const known = kinds?.includes(schema) ? undefined : kinds;
  return { length: text.length, kinds: known, isPlain: plain, isSchema, holds: held };
}

/** UTF-16 units of a document, as far as they count where many are held together: definitions are not held. */
export function lengthOf(document: Document): number {
  return document instanceof LeftOut ? document.parts.length : document.text.length;
}

/** An object as it is, not a template of one, as far as can be told without parsing it. */
export function isPlainObject(text: string): boolean {
  return /^kind:/m.test(text) && !text.includes("$patch:") && (!text.includes("{{") || isSoundAsWritten(text));
}

/** Nothing in them is an address, and most of what is written in YAML is one of them. */
export const schemaAtTop = /^kind: *CustomResourceDefinition\b/m;
