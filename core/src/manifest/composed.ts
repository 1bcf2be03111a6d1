import type { Field } from "./field.ts";
import { type MapNode, type Node, ScalarNode } from "./node.ts";

type Steps = readonly (string | number)[];

/** A value, and where in an object it belongs that is written nowhere as such: `--set a.b=c`, an operation of a JSON patch. */
export interface PlacedField {
  readonly to: Steps;
  readonly field: Field;
  /** In the place of its value: the name of a variable that stands as a key. */
  readonly says?: string;
  /** The value begins there in its text: behind `KEY=`. */
  readonly from?: number;
}

/** Where a field of a composed object is written: what begins with `to` there stands below `from` in the document. */
export interface ComposedWay {
  readonly to: Steps;
  readonly from: Steps;
}

export interface Composed {
  readonly node: Node;
  readonly ways: readonly ComposedWay[];
}

/** The object that these values make; of two for one place the later. Indexes are counted anew, since what lies between is not written. */
export function compose(placed: readonly PlacedField[], base: Steps): Composed | undefined {
  const ways: ComposedWay[] = [];
  const node = branch(
    placed.map(({ to, ...one }) => ({ ...one, rest: to })),
    [],
    ways,
  );
  return node && { node, ways: ways.map(({ to, from }) => ({ to, from: [...base, ...from] })) };
}

/** A path in the composed object as the document has it. */
export function wayBack(ways: readonly ComposedWay[], steps: Steps): Steps {
  const way = ways.find(({ to }) => startsWith(steps, to));
  if (way) return [...way.from, ...steps.slice(way.to.length)];
  return ways.find(({ to }) => startsWith(to, steps))?.from ?? steps;
}

type Waiting = Omit<PlacedField, "to"> & { readonly rest: Steps };

function branch(waiting: readonly Waiting[], at: Steps, ways: ComposedWay[]): Node | undefined {
  const whole = waiting.findLast(({ rest }) => rest.length === 0);
  if (whole) {
    ways.push({ to: at, from: whole.field.steps });
    return nodeOf(whole);
  }
  const byStep = Map.groupBy(waiting, ({ rest }) => rest[0] ?? "");
  const isList = byStep.size > 0 && [...byStep.keys()].every((step) => typeof step === "number");
  const below = [...byStep].flatMap(([step, own], index) => {
    const inner = own.map((one) => ({ ...one, rest: one.rest.slice(1) }));
    const node = branch(inner, [...at, isList ? index : String(step)], ways);
    return node ? [{ step: String(step), node }] : [];
  });
  const [first] = below;
  if (!first) return undefined;
  const [start, end] = [first.node.start, Math.max(...below.map(({ node }) => node.end))];
  if (isList) return { kind: "seq", start, end, flow: false, made: true, items: below.map(({ node }) => node) };
  const pairs = below.map(({ step, node }) => ({
    key: new ScalarNode(node.start, node.start, "plain", step),
    value: node,
  }));
  return { kind: "map", start, end, flow: false, made: true, pairs } satisfies MapNode;
}

function nodeOf({ field: { node, text = "" }, says, from }: Waiting): Node {
  if (says !== undefined) return new ScalarNode(node.start, node.start, "plain", says);
  if (from === undefined || node.kind !== "scalar") return node;
  const quote = node.style === "single" || node.style === "double" ? 1 : 0;
  const isPlaced = node.end - node.start - 2 * quote === text.length;
  // As a block, since nobody may put quotes around a part of a text.
  return new ScalarNode(
    isPlaced ? node.start + quote + from : node.start,
    node.end - quote,
    "literal",
    text.slice(from),
  );
}

function startsWith(whole: Steps, head: Steps): boolean {
  return head.every((step, index) => whole[index] === step);
}
