import type { Field } from "./field.ts";
import { type MapNode, type Node, ScalarNode } from "./node.ts";
import { isWrapper } from "./wrappers.ts";

/** A part of a chart's values that the chart puts into an object as it stands. */
export interface ValuesPart {
  /** An object around it: `apiVersion`, `kind`, and the part as its `spec`. */
  readonly node: MapNode;
  /** Where the part stands. */
  readonly steps: readonly (string | number)[];
}

/**
 * The objects whose fields the values of a Helm chart hold. Charts spell these like the objects they make: ingress-nginx and CoreDNS
 * have a `service` with `ipFamilies` and `ipFamilyPolicy`, tigera-operator has an `installation`.
 */
export function partsOf(values: Field, above = "", depth = 0): readonly ValuesPart[] {
  if (depth > deepest) return [];
  return values.entries().flatMap(([key, field]) => {
    // Of several Services, or of what makes them.
    if (field.node.kind === "seq") return field.items().flatMap((item) => partsOf(item, key, depth + 1));
    if (field.node.kind !== "map" || isOff(field.get("enabled")) || isOff(field.get("create"))) return [];
    if (key === "installation" && field.get("calicoNetwork")?.type === "map")
      return [part(field, "operator.tigera.io/v1", "Installation", field.node)];
    const spec = /service|svc/i.test(above + key) ? serviceIn(field, field.node) : undefined;
    return [...(spec ? [part(field, "v1", "Service", spec)] : []), ...partsOf(field, key, depth + 1)];
  });
}

/** Whether a field is judged as that of a Service which is made of it. */
export function isOfPart(field: Field): boolean {
  const { resource, steps } = field;
  const parts = resource.once(isOfPart, () => partsOf(resource.root));
  return parts.some(
    (part) =>
      part.steps.every((step, index) => steps[index] === step) && used.includes(String(steps[part.steps.length])),
  );
}

/** An object of somebody's own kind, who makes Services of what it says of them. */
export function isOperators({ kind, group }: { readonly kind: string; readonly group: string }): boolean {
  return group.includes(".") && !/(?:^|\.)k8s\.io$/.test(group) && !isWrapper(kind, group);
}

/** Of charts in charts in charts. */
const deepest = 8;

/** What a text holds that has such parts. */
export const hasParts = /ipFamil|calicoNetwork/;

/** Defaults of what is turned off wait for somebody who turns it on. Helm reads YAML 1.1; what a template says is not known. */
function isOff(field: Field | undefined): boolean {
  return field !== undefined && !/^(?:true|yes|on)$/i.test(field.text ?? "");
}

/** Whether the others are used depends on what the chart makes of `type`. */
const used = ["ipFamilies", "ipFamilyPolicy", "clusterIP", "clusterIPs", "externalIPs", "loadBalancerSourceRanges"];

/** The fields of a Service that says something of families; what is empty is left to the chart's template. */
function serviceIn(field: Field, node: MapNode): MapNode | undefined {
  const { source } = field.resource;
  const type = field.get("type");
  // No other type has any use for them.
  const isBalancer = type === undefined || type.type === "null" || type.text === "LoadBalancer";
  const pairs = node.pairs.filter(
    ({ key, value }) =>
      used.includes(key.text) &&
      (isBalancer || key.text !== "loadBalancerSourceRanges") &&
      isSet(value) &&
      !isTagged(source, key.end, value.start),
  );
  const telling = pairs.some(({ key }) => key.text.startsWith("ipFamil"));
  if (!telling || field.has("kind") || field.get("type")?.text === "None") return undefined;
  // Of any other type nothing is told, since the chart may have one of its own.
  const ofType = node.pairs.filter(({ key }) => key.text === "type" && type?.text === "LoadBalancer");
  return { kind: "map", start: node.start, end: node.end, flow: node.flow, pairs: [...pairs, ...ofType] };
}

/** With a tag before it, a value is for another program to replace. */
function isTagged(source: string, from: number, to: number): boolean {
  return source.slice(from, to).includes("!");
}

function isSet(value: Node): boolean {
  if (value.kind === "map") return false;
  if (value.kind === "seq") return value.items.length > 0;
  return !["", "null", "nil", "~"].includes(value.text);
}

function part(field: Field, apiVersion: string, kind: string, spec: MapNode): ValuesPart {
  const { start, end } = spec;
  const said = (text: string) => new ScalarNode(start, start, "plain", text);
  const pairs = Object.entries({ apiVersion, kind }).map(([key, text]) => ({ key: said(key), value: said(text) }));
  const node: MapNode = { kind: "map", start, end, flow: false, pairs: [...pairs, { key: said("spec"), value: spec }] };
  return { node, steps: field.steps };
}
