import { append, type Edit, insertAfter, insertBefore, remove, renameKey, replaceScalar } from "./edit.ts";
import { looks, TooMuchToLookAt } from "./looks.ts";
import type { Node, ScalarNode } from "./node.ts";
import { pairOf } from "./pair-of.ts";
import type { Resource } from "./resource.ts";
import { contentShift, type FieldType, plainType } from "./scalar.ts";
import { isTemplated } from "./template.ts";

/** Offsets in the text of the document (its chunk of the file), UTF-16 units, `end` exclusive. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Where something is written, in both spellings: for people and for the editor. */
export interface Place extends Range {
  /** `spec.ipFamilies[0]`, `data["default.conf"]`, `metadata.annotations[metallb.io/loadBalancerIPs]` */
  readonly path: string;
}

/**
 * A value and the exact range it was written at. A rule never sees a value without its place.
 *
 * What comes from a Helm template is of type "template" and has no `text`, so that a rule which asks for text
 * passes over it.
 */
export class Field implements Place {
  readonly resource: Resource;
  readonly node: Node;
  readonly parent: Field | undefined;
  /** The key or index under which the parent holds it. */
  readonly step: string | number | undefined;
  readonly #key: ScalarNode | undefined;

  constructor(resource: Resource, node: Node, parent?: Field, step?: string | number, key?: ScalarNode) {
    if (++looks.made > looks.most) throw new TooMuchToLookAt();
    this.resource = resource;
    this.node = node;
    this.parent = parent;
    this.step = step;
    this.#key = key;
  }

  get start(): number {
    return this.resource.outer(this.node.start);
  }

  get end(): number {
    return this.resource.outer(this.node.end);
  }

  /** Kept as cases and kubectl spell it; inside an embedded file it is the path of the field that holds the file. */
  get path(): string {
    return this.resource.spell(this.steps);
  }

  get steps(): readonly (string | number)[] {
    return this.parent && this.step !== undefined ? [...this.parent.steps, this.step] : [];
  }

  /** The place of the key itself: what to underline when an entry should not be there at all. */
  get key(): Place {
    const at = this.#key ?? this.node;
    return { path: this.path, start: this.resource.outer(at.start), end: this.resource.outer(at.end) };
  }

  get type(): FieldType {
    if (this.node.kind !== "scalar") return this.node.kind;
    const { text, style } = this.node;
    if (isTemplated(text)) return "template";
    return style === "plain" ? plainType(text) : "string";
  }

  /** The scalar as text, whatever its YAML type; undefined for maps, sequences, null, templates and what kubectl cannot parse. */
  get text(): string | undefined {
    if (this.node.kind !== "scalar" || isTemplated(this.node.text) || this.#refused) return undefined;
    return this.type === "null" ? undefined : this.node.text;
  }

  /** A plain scalar that starts with ":" inside {} or []: kubectl's parser takes that for an empty key's colon. */
  get #refused(): boolean {
    const { node, parent } = this;
    if (node.kind !== "scalar" || node.style !== "plain" || !node.text.startsWith(":")) return false;
    return parent !== undefined && parent.node.kind !== "scalar" && parent.node.flow;
  }

  /** The number of a plain integer, undefined for anything else. */
  get integer(): number | undefined {
    return this.type === "number" && /^[-+]?\d+$/.test(this.text ?? "") ? Number(this.text) : undefined;
  }

  /** True or false as a YAML boolean, undefined for anything else, the string "true" included. */
  get boolean(): boolean | undefined {
    return this.type === "boolean" ? this.text?.toLowerCase() === "true" : undefined;
  }

  /** Written with quotes or as a block: never taken for a number, boolean or null. */
  get quoted(): boolean {
    return this.node.kind === "scalar" && this.node.style !== "plain";
  }

  /** The field under a path of keys and indexes; undefined if any step is missing. A null value is a field of type "null". */
  get(...steps: readonly (string | number)[]): Field | undefined {
    let field: Field | undefined = this;
    for (const step of steps) field = field && child(field, step);
    return field;
  }

  has(...steps: readonly (string | number)[]): boolean {
    return this.get(...steps) !== undefined;
  }

  /** The entries of a mapping in the order written; empty for anything else. */
  entries(): readonly (readonly [string, Field])[] {
    if (this.node.kind !== "map") return [];
    return this.node.pairs.map(
      ({ key, value }) => [key.text, new Field(this.resource, value, this, key.text, key)] as const,
    );
  }

  /** The last entry that is written under a key; what is merged in is not. */
  entry(key: string): Field | undefined {
    const pair = this.node.kind === "map" ? this.node.pairs.findLast((one) => one.key.text === key) : undefined;
    return pair && new Field(this.resource, pair.value, this, key, pair.key);
  }

  /** The items of a sequence; empty for anything else. */
  items(): readonly Field[] {
    return this.node.kind === "seq"
      ? this.node.items.map((item, index) => new Field(this.resource, item, this, index))
      : [];
  }

  /** Every scalar below and including this field, in the order written. Aliased nodes are visited once. */
  scalars(): readonly Field[] {
    return this.parent ? scalarsOf(this) : this.resource.once(scalarsOf, () => scalarsOf(this));
  }

  /** The place of a part of the scalar's text, by offsets in `text`; the whole scalar where that cannot be told. */
  within(start: number, end: number): Place {
    const shift = this.node.kind === "scalar" ? contentShift(this.node) : undefined;
    if (shift === undefined) return { path: this.path, start: this.start, end: this.end };
    return {
      path: this.path,
      start: this.resource.outer(this.node.start + shift + start),
      end: this.resource.outer(this.node.start + shift + end),
    };
  }

  /** Puts another scalar in this one's place, in the quotes it has or needs. */
  replace(text: string): Edit | undefined {
    return replaceScalar(this, text);
  }

  /** Puts a number or a boolean in this scalar's place, so without quotes. */
  replaceBare(value: number | boolean): Edit | undefined {
    const { start, end, kind } = this.node;
    return kind === "scalar" && start < end ? this.resource.edit(start, end, String(value)) : undefined;
  }

  rename(key: string): Edit | undefined {
    return renameKey(this, key);
  }

  /** Takes this entry or item away with its lines. */
  remove(): Edit | undefined {
    return remove(this);
  }

  /** Writes a sibling behind this entry or item: `yaml` is an entry, or the content of an item without its dash. */
  insertAfter(yaml: string): Edit | undefined {
    return insertAfter(this, yaml);
  }

  /** Writes a sibling before this entry: `yaml` is one line. */
  insertBefore(yaml: string): Edit | undefined {
    return insertBefore(this, yaml);
  }

  /** Writes an entry or an item at the end of this map or sequence. */
  append(yaml: string): Edit | undefined {
    return append(this, yaml);
  }

  /** Plain JSON of everything below; templates become null. At most `budget` nodes, so that aliases cannot explode. */
  toJSON(budget = { left: 100_000 }): unknown {
    if (budget.left-- <= 0) return null;
    if (this.node.kind === "seq") return this.items().map((item) => item.toJSON(budget));
    if (this.node.kind === "map")
      return Object.fromEntries(this.entries().map(([key, field]) => [key, field.toJSON(budget)]));
    const { type, text } = this;
    if (text === undefined) return null;
    if (type === "boolean") return this.boolean;
    return type === "number" ? Number(text) : text;
  }
}

function child(field: Field, step: string | number): Field | undefined {
  const { node, resource } = field;
  if (typeof step === "number") {
    const item = node.kind === "seq" ? node.items[step] : undefined;
    return item && new Field(resource, item, field, step);
  }
  const pair = node.kind === "map" ? pairOf(node, step, resource.anyCase) : undefined;
  return pair && new Field(resource, pair.value, field, pair.key.text, pair.key);
}

function scalarsOf(field: Field, seen = new Set<Node>(), found: Field[] = []): readonly Field[] {
  if (field.node.kind === "scalar") found.push(field);
  else if (!seen.has(field.node)) {
    seen.add(field.node);
    for (const [, below] of field.entries()) scalarsOf(below, seen, found);
    for (const below of field.items()) scalarsOf(below, seen, found);
  }
  return found;
}
