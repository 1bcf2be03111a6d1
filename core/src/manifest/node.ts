import { getScalarValue, type ScalarEvent } from "js-yaml";
import { unmaskColons } from "./colons.ts";

/**
 * The tree of one YAML document: plain values with the offsets they were written at. Offsets are UTF-16 units from the
 * start of the chunk of text that was parsed, `end` is exclusive.
 */
export type Node = MapNode | SeqNode | ScalarNode;

export interface MapNode {
  readonly kind: "map";
  readonly start: number;
  end: number;
  /** `{a: b}` rather than one entry a line */
  readonly flow: boolean;
  /** Nobody wrote it: its entries stand somewhere one by one. */
  readonly made?: true;
  readonly pairs: Pair[];
  /** What the object is, once somebody has read it: a node outlives its Resource while other parts of a List are edited. */
  head?: Head;
}

/** What an object says of itself. */
export interface Head {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string | undefined;
  readonly namespace: string | undefined;
}

export interface Pair {
  readonly key: ScalarNode;
  value: Node;
}

export interface SeqNode {
  readonly kind: "seq";
  readonly start: number;
  end: number;
  readonly flow: boolean;
  readonly made?: true;
  readonly items: Node[];
}

export type ScalarStyle = "plain" | "single" | "double" | "literal" | "folded";

/** Reads its text only when asked: most scalars of a manifest never are. */
export class ScalarNode {
  readonly kind = "scalar";
  readonly start: number;
  readonly end: number;
  readonly style: ScalarStyle;
  #text: string | undefined;
  readonly #source: string | undefined;
  readonly #event: ScalarEvent | undefined;

  /**
   * `start` and `end` include quotes; for block scalars they hold the content without the indicator line. Its text, or what that
   * is read from: the source, and the event where the text is not just what stands between the quotes.
   */
  constructor(
    start: number,
    end: number,
    style: ScalarStyle,
    text: string | undefined,
    source?: string,
    event?: ScalarEvent,
  ) {
    this.start = start;
    this.end = end;
    this.style = style;
    this.#text = text;
    this.#source = source;
    this.#event = event;
  }

  get text(): string {
    this.#text ??= unmaskColons(this.#read());
    return this.#text;
  }

  /** Whether that is its text; what is longer or shorter is not read. */
  is(text: string): boolean {
    if (this.#text !== undefined) return this.#text === text;
    const length = this.end - this.start - 2 * quoteOf(this.style);
    return (this.#event !== undefined || length === text.length) && this.text === text;
  }

  #read(): string {
    const source = this.#source ?? "";
    if (this.#event) return getScalarValue(source, this.#event);
    const quote = quoteOf(this.style);
    return source.slice(this.start + quote, this.end - quote);
  }
}

const styles: readonly ScalarStyle[] = ["plain", "plain", "single", "double", "literal", "folded"];

function quoteOf(style: ScalarStyle): 0 | 1 {
  return style === "single" || style === "double" ? 1 : 0;
}

/** The scalar of a js-yaml event; `at` is the place for a scalar that is not written at all (`key:`). */
export function scalarOf(event: ScalarEvent, source: string, at: number): ScalarNode {
  const { valueStart, valueEnd } = event;
  if (valueStart < 0) return new ScalarNode(at, at, "plain", "");
  const style = styles[event.style] ?? "plain";
  const quote = quoteOf(style);
  return new ScalarNode(valueStart - quote, valueEnd + quote, style, undefined, source, event.fast ? undefined : event);
}
