import { countLines, type Document, parseDocument } from "./document.ts";
import type { Glance } from "./mentions.ts";
import { isSurelySound } from "./sound.ts";

/** A document that is parsed when somebody looks at it: so a large file is open at once, and most of a workspace never read. */
export class LaterDocument implements Document {
  readonly text: string;
  readonly glance?: Glance;
  readonly #patch: boolean;
  readonly #before: Pick<Document, "items"> | undefined;
  #lines: number | undefined;
  #parsed: Document | undefined;

  /** `before`: the same document before an edit, whose items are taken over if they were read. */
  constructor(
    text: string,
    patch: boolean,
    { glance, before }: { glance?: Glance; before?: Document | undefined } = {},
  ) {
    this.text = text;
    this.#patch = patch;
    // Only items that were parsed already, so that documents do not hang on those before them.
    const parsed = before instanceof LaterDocument ? before.#parsed : before;
    this.#before = parsed?.items && { items: parsed.items };
    if (glance) this.glance = glance;
  }

  get lines(): number {
    this.#lines ??= countLines(this.text);
    return this.#lines;
  }

  /** Of a document that nobody has looked at it is often told without parsing it. */
  get problems(): Document["problems"] {
    return this.#parsed === undefined && isSurelySound(this.text) ? [] : this.#read().problems;
  }

  get resources(): Document["resources"] {
    return this.#read().resources;
  }

  get items(): Document["items"] {
    return this.#read().items;
  }

  #read(): Document {
    this.#parsed ??= parseDocument(this.text, this.#patch, this.#before);
    return this.#parsed;
  }
}
