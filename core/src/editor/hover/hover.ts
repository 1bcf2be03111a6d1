import type { KubeObject } from "../../cluster/cluster.ts";
import type { Document } from "../../manifest/document.ts";
import type { Field, Range } from "../../manifest/field.ts";
import type { Node } from "../../manifest/node.ts";
import { podSpec, type Resource } from "../../manifest/resource.ts";
import type { PodEndpoint } from "../../policy/model.ts";
import { describeLiteral, literalAt } from "./address.ts";
import type { FieldDoc } from "./field-doc.ts";
import { aboutObject } from "./object.ts";
import { aboutAddressField } from "./table-doc.ts";
import { topics } from "./topics/index.ts";

export interface Hover extends Range {
  /** Markdown */
  readonly text: string;
}

/** What else the workspace holds that a hover may tell of. */
export interface HoverContext {
  readonly policies: readonly KubeObject[];
  readonly pods: readonly PodEndpoint[];
  /** A finding is shown above the hover. */
  readonly reported?: boolean;
}

const alone: HoverContext = { policies: [], pods: [] };

/** What is to be said at an offset of a document: the literal there, the field it stands in, and what the object does. */
export function hoverAt(document: Document, offset: number, beyond = alone): Hover | undefined {
  const spot = spotAt(document, offset);
  if (!spot) return document.program === undefined ? undefined : literalHover(document, offset);
  const { field, onKey, resource } = spot;
  const known = docOf(resource, field);
  const doc = known ?? aboutAddressField(field);
  const object = aboutObject(spot, beyond);
  // What it means for this object is said already, or in the finding above: a hover is read at a glance.
  const says = object === undefined && beyond.reported !== true ? doc?.says : doc?.says.split("\n\n")[0];
  const about = doc && `**${lastKey(field)}** ${says} ([source](${doc.source}))`;
  const follows = known?.follows?.(field, resource);
  const literal = onKey ? undefined : literalOn(document, field.start, offset);
  const described = literal && describeLiteral(literal.text);
  const parts = [follows, described, object, about].filter((part) => part !== undefined);
  if (parts.length === 0) return undefined;
  const { start, end } = literal && described ? literal : onKey ? field.key : field;
  return { start, end, text: parts.join("\n\n---\n\n") };
}

/** In a file without fields an address is all that can be told about. */
function literalHover(document: Document, offset: number): Hover | undefined {
  const literal = literalOn(document, 0, offset);
  const text = literal && describeLiteral(literal.text);
  return literal && text !== undefined ? { start: literal.start, end: literal.end, text } : undefined;
}

export interface HoverSpot {
  readonly resource: Resource;
  readonly field: Field;
  readonly onKey: boolean;
}

/** The innermost key or scalar at an offset. Files embedded in a ConfigMap come before the scalar that holds them. */
export function spotAt({ resources }: Document, offset: number): HoverSpot | undefined {
  for (const resource of resources.toReversed()) {
    if (resource.root.node.kind === "scalar") continue;
    const spot = descend(resource, resource.root, offset, 0);
    if (spot) return spot;
  }
  return undefined;
}

/** The documentation of the field, or of the nearest field above it within the same list entry. */
function docOf(resource: Resource, field: Field): FieldDoc | undefined {
  const exact = docAt(resource.kind, patternOf(field.steps));
  if (exact && (exact.only?.(resource) ?? true)) return exact;
  const spec = podSpec(resource);
  const inPod = spec && field.steps.length > spec.steps.length && patternOf(field.steps.slice(spec.steps.length));
  const found = inPod ? docAt("pod", inPod) : undefined;
  return found ?? (typeof field.step === "number" && field.parent ? docOf(resource, field.parent) : undefined);
}

/** The documentation of a kind's field by its path, `spec.ipFamilies`. */
export function docAt(kind: string, path: string): FieldDoc | undefined {
  return lookup().get(`${kind} ${path}`);
}

let table: ReadonlyMap<string, FieldDoc> | undefined;

function lookup(): ReadonlyMap<string, FieldDoc> {
  table ??= new Map(
    topics.flatMap(({ topic }) =>
      topic.flatMap((doc) => doc.kinds.map((kind) => [`${kind} ${doc.path}`, doc] as const)),
    ),
  );
  return table;
}

function patternOf(steps: readonly (string | number)[]): string {
  return steps.reduce<string>(
    (path, step) => (typeof step === "number" ? `${path}[]` : path === "" ? step : `${path}.${step}`),
    "",
  );
}

function lastKey(field: Field): string {
  return String(field.steps.findLast((step) => typeof step === "string") ?? "");
}

function descend(resource: Resource, field: Field, offset: number, depth: number): HoverSpot | undefined {
  for (const [, child] of field.entries()) {
    const { start, end } = child.key;
    if (offset >= start && offset <= end) return { resource, field: child, onKey: true };
    if (holds(resource, child.node, offset)) return inner(resource, child, offset, depth);
  }
  for (const item of field.items()) if (holds(resource, item.node, offset)) return inner(resource, item, offset, depth);
  return undefined;
}

function inner(resource: Resource, field: Field, offset: number, depth: number): HoverSpot | undefined {
  if (field.node.kind === "scalar") return { resource, field, onKey: false };
  return depth < 100 ? descend(resource, field, offset, depth + 1) : undefined;
}

function holds(resource: Resource, { start, end }: Node, offset: number): boolean {
  return offset >= resource.outer(start) && offset <= resource.outer(end);
}

/** The literal under the cursor, found in the text itself so that it works in blocks and lists alike. */
function literalOn(
  document: Document,
  from: number,
  offset: number,
): { text: string; start: number; end: number } | undefined {
  const lineStart = Math.max(document.text.lastIndexOf("\n", offset - 1) + 1, from);
  const newline = document.text.indexOf("\n", offset);
  const line = document.text.slice(lineStart, newline < 0 ? document.text.length : newline);
  const found = literalAt(line, offset - lineStart);
  return found && { text: found.text, start: lineStart + found.start, end: lineStart + found.end };
}
