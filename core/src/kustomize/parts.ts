import type { Field } from "../manifest/field.ts";
import type { Substituted } from "./envsubst.ts";
import type { Source } from "./source.ts";

/** A part of an object that is built: as somebody wrote it, or a collection whose parts come from several places. Never changed, but replaced. */
export type BuiltPart = WrittenPart | MapPart | SeqPart;

export interface WrittenPart {
  readonly kind: "written";
  readonly field: Field;
  readonly from: Source;
  /** In the place of what is written there: an image with another tag. */
  readonly text?: string;
  /** That is what values make of it in the place of variables. */
  readonly substituted?: Substituted;
  /** The file, as it is named here, whose text that is. */
  readonly inFile?: string;
}

export interface MapPart {
  readonly kind: "map";
  readonly entries: readonly Entry[];
}

export interface SeqPart {
  readonly kind: "seq";
  readonly items: readonly BuiltPart[];
}

export interface Entry {
  readonly key: string;
  /** The value beside which the key was written, where it was. */
  readonly beside?: WrittenPart;
  readonly value: BuiltPart;
}

export function written(field: Field, from: Source, text?: string): WrittenPart {
  return { kind: "written", field, from, ...(text === undefined ? {} : { text }) };
}

export function typeOf(part: BuiltPart): "map" | "seq" | "scalar" {
  if (part.kind !== "written") return part.kind;
  return part.text === undefined ? part.field.node.kind : "scalar";
}

export function isNull(part: BuiltPart): boolean {
  return part.kind === "written" && part.text === undefined && part.field.type === "null";
}

/** The text of a scalar, as {@link Field.text} has it. */
export function partText(part: BuiltPart | undefined): string | undefined {
  return part?.kind === "written" ? (part.text ?? part.field.text) : undefined;
}

/** Of a mapping; empty for anything else. */
export function partEntries(part: BuiltPart): readonly Entry[] {
  if (part.kind === "map") return part.entries;
  if (part.kind === "seq" || part.text !== undefined) return [];
  return part.field.entries().map(([key, field]) => {
    const value = written(field, part.from);
    return { key, beside: value, value };
  });
}

/** Of a list; empty for anything else. */
export function partItems(part: BuiltPart): readonly BuiltPart[] {
  if (part.kind === "seq") return part.items;
  if (part.kind === "map" || part.text !== undefined) return [];
  return part.field.items().map((field) => written(field, part.from));
}

export type Steps = readonly (string | number)[];

export function partAt(part: BuiltPart | undefined, steps: Steps): BuiltPart | undefined {
  let at = part;
  for (const step of steps) {
    if (!at) return undefined;
    at = typeof step === "number" ? partItems(at)[step] : partOf(at, step);
  }
  return at;
}

function partOf(part: BuiltPart, key: string): BuiltPart | undefined {
  if (part.kind !== "written") return partEntries(part).findLast((entry) => entry.key === key)?.value;
  const field = part.text === undefined ? part.field.entry(key) : undefined;
  return field && written(field, part.from);
}

/** The same mapping with one entry set, its place kept if it had one. */
export function withEntry(map: BuiltPart, entry: Entry): MapPart {
  const entries = partEntries(map);
  const there = entries.some(({ key }) => key === entry.key);
  const same = (one: Entry) => (one.key === entry.key ? { ...one, value: entry.value } : one);
  return { kind: "map", entries: there ? entries.map(same) : [...entries, entry] };
}

export function withoutEntry(map: BuiltPart, key: string): MapPart {
  return { kind: "map", entries: partEntries(map).filter((entry) => entry.key !== key) };
}

/**
 * The same with what stands at a place made anew; undefined where there is no such place. `make` is given what stands there, if anything
 * does, and makes undefined of what is to go.
 */
export function changedAt(
  part: BuiltPart,
  steps: Steps,
  make: (old: BuiltPart | undefined) => BuiltPart | undefined,
): BuiltPart | undefined {
  const [step, ...rest] = steps;
  if (step === undefined) return make(part);
  if (typeof step === "number") return itemChanged(part, step, rest, make);
  if (typeOf(part) !== "map") return undefined;
  const old = partAt(part, [step]);
  if (rest.length > 0 && !old) return undefined;
  const value = rest.length > 0 && old ? changedAt(old, rest, make) : make(old);
  if (!value) return rest.length > 0 ? undefined : withoutEntry(part, step);
  const beside = value.kind === "written" ? { beside: value } : {};
  return withEntry(part, { key: step, ...(old ? {} : beside), value });
}

function itemChanged(
  part: BuiltPart,
  index: number,
  rest: Steps,
  make: (old: BuiltPart | undefined) => BuiltPart | undefined,
): BuiltPart | undefined {
  const items = partItems(part);
  const old = items[index];
  if (typeOf(part) !== "seq" || !old) return undefined;
  const value = rest.length > 0 ? changedAt(old, rest, make) : make(old);
  if (!value && rest.length > 0) return undefined;
  return { kind: "seq", items: items.flatMap((item, at) => (at === index ? (value ?? []) : item)) };
}

/** The same with what lies on the way to a place made where it is missing. */
export function setAt(part: BuiltPart, steps: Steps, value: BuiltPart): BuiltPart {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  const old = partAt(part, [step]);
  const inner = setAt(old ?? { kind: "map", entries: [] }, rest, value);
  if (typeof step === "number")
    return { kind: "seq", items: partItems(part).map((item, at) => (at === step ? inner : item)) };
  return withEntry(part, { key: step, value: inner });
}
