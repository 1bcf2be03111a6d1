import { familyOf, parseAddress } from "../addresses/address.ts";
import type { Field } from "./field.ts";

/** Keys that hold one string wherever Kubernetes and the projects around it use them. */
const oneString =
  /^(?:host|hostIP|ip|clusterIP|loadBalancerIP|externalName|value|address|bindAddress|advertiseAddress|peerIP|cidr|podCIDR)$/;

/** Keys whose values are lists of such strings. */
const manyStrings =
  /^(?:cidrs|podCIDRs|clusterIPs|externalIPs|loadBalancerSourceRanges|nameservers|except|networks|nets|notNets|addresses)$/;

/** The text of `[addr]`, `[addr/length]` or `[addr]:port` that YAML has read as a list of one, where one string is meant. */
export function bracketedAddress(field: Field): string | undefined {
  const { node, parent, step } = field;
  if (node.kind !== "seq" || !node.flow || node.items.length !== 1) return undefined;
  const [item] = field.items();
  const { source } = field.resource;
  const port = /^:\d+/.exec(source.slice(node.end, node.end + 8))?.[0] ?? "";
  // [::]:80 is a list of a mapping with the key ":"; without a port it is yaml-trailing-colon's to report.
  const mapping = item?.node.kind === "map" && port !== "" ? source.slice(node.start + 1, node.end - 1).trim() : "";
  // A field's text is undefined for [::1], which kubectl cannot parse; what is written is looked at here.
  const text = item?.node.kind === "scalar" && !item.quoted ? item.node.text : mapping;
  if (familyOf(text) === undefined) return undefined;
  // What an operation of a patch or a test is about may be a list.
  if (step === "value" && parent?.has("path")) return undefined;
  const named =
    typeof step === "string" ? oneString.test(step) : typeof parent?.step === "string" && manyStrings.test(parent.step);
  // In a list that is not known, a list of one IPv4 address or prefix may be what is meant.
  const meant = named || (parseAddress(text)?.family === "IPv6" && (parent?.node.kind === "seq" || port !== ""));
  return meant ? source.slice(node.start, node.end) + port : undefined;
}

/** A field and everything below it, in the order written; aliased nodes once. */
export function* everyField(field: Field, seen = new Set<Field["node"]>()): Generator<Field> {
  if (seen.has(field.node)) return;
  seen.add(field.node);
  yield field;
  for (const [, value] of field.entries()) yield* everyField(value, seen);
  for (const item of field.items()) yield* everyField(item, seen);
}
