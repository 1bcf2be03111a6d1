import type { Field } from "./field.ts";
import { type MapNode, type Node, ScalarNode } from "./node.ts";

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
export function partsOf(values: Field, depth = 0): readonly ValuesPart[] {
  if (depth > deepest) return [];
  return values.entries().flatMap(([key, field]) => {
    // Defaults of what is turned off wait for somebody who turns it on.
    if (field.node.kind !== "map" || field.get("enabled")?.boolean === false) return [];
    if (key === "installation" && field.get("calicoNetwork")?.type === "map")
      return [part(field, "operator.tigera.io/v1", "Installation", field.node)];
    const spec = serviceIn(key, field, field.node);
    return [...(spec ? [part(field, "v1", "Service", spec)] : []), ...partsOf(field, depth + 1)];
  });
}

/** Of charts in charts in charts. */
const deepest = 8;

/** What a text holds that has such parts. */
export const hasParts = /ipFamil|calicoNetwork|loadBalancerIP|loadBalancerSourceRanges|externalIPs|clusterIP/;

const families = ["ipFamilies", "ipFamilyPolicy"];
const fields = [
  ...families,
  "type",
  "clusterIP",
  "clusterIPs",
  "externalIPs",
  "loadBalancerIP",
  "loadBalancerSourceRanges",
];

/** The fields of a Service that are set; what is empty is left to the chart's template. */
function serviceIn(key: string, field: Field, node: MapNode): MapNode | undefined {
  const pairs = node.pairs.filter(({ key: { text }, value }) => fields.includes(text) && isSet(value));
  const named = /service$/i.test(key);
  const telling = pairs.some(({ key: { text } }) => families.includes(text) || (named && text !== "type"));
  return telling && !field.has("kind")
    ? { kind: "map", start: node.start, end: node.end, flow: node.flow, pairs }
    : undefined;
}

function isSet(value: Node): boolean {
  if (value.kind === "map") return false;
  return value.kind === "seq"
    ? value.items.length > 0
    : value.text !== "" && !(value.style === "plain" && value.text === "null");
}

function part(field: Field, apiVersion: string, kind: string, spec: MapNode): ValuesPart {
  const { start, end } = spec;
  const said = (text: string) => new ScalarNode(start, start, "plain", text);
  const pairs = Object.entries({ apiVersion, kind }).map(([key, text]) => ({ key: said(key), value: said(text) }));
  const node: MapNode = { kind: "map", start, end, flow: false, pairs: [...pairs, { key: said("spec"), value: spec }] };
  return { node, steps: field.steps };
}
