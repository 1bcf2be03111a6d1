import type { Embedded } from "./embedded.ts";
import { embed } from "./embedded.ts";
import type { Field } from "./field.ts";

/** A text that nobody wrote down as such: a Corefile made of a chart's lists. Its pieces lead back to where they stand. */
export class Pieced {
  #text = "";
  readonly #pieces: { readonly from: number; readonly outer: (offset: number) => number }[] = [];

  /** What a program would add by itself; a finding on it is one on the value before it. */
  add(text: string): this {
    this.#text += text;
    return this;
  }

  /** The text of a scalar, or a part of it; nothing of what comes from a template. */
  take(field: Field | undefined, start = 0, end = field?.text?.length ?? 0): this {
    const whole = field && embed(field, "");
    if (!whole) return this;
    const from = this.#text.length;
    this.#text += whole.text.slice(start, end);
    // Behind its last character too, where a finding may end.
    const last = end - start;
    this.#pieces.push({ from, outer: (offset) => whole.outer(start + Math.min(offset - from, last)) });
    return this;
  }

  /** The same between quotes that nobody wrote: what underlines them underlines the text. */
  takeQuoted(field: Field, start: number, end: number): this {
    const from = this.#text.length;
    this.add('"').take(field, start, end).add('"');
    const piece = this.#pieces.pop();
    if (piece) this.#pieces.push({ from, outer: (offset) => piece.outer(Math.max(offset, piece.from)) });
    return this;
  }

  /** As a file that stands in `field`; it cannot be edited in place. */
  file(field: Field, name: string): Embedded {
    const pieces = this.#pieces;
    const outer = (offset: number) => (pieces.findLast(({ from }) => from <= offset) ?? pieces[0])?.outer(offset);
    return {
      field,
      name,
      text: this.#text,
      indent: undefined,
      outer: (offset) => outer(offset) ?? field.start,
      fixed: true,
    };
  }
}
