import { bits, parsePrefix } from "../addresses/address.ts";
import type { Report, Rule } from "../lint/rule.ts";
import { isPlaceholder } from "../literals/placeholder.ts";
import type { Field, Place } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "OVN-Kubernetes does not take these subnets of a network",
  why: `A network of OVN-Kubernetes has one subnet, or one of each family. One of the topology \`layer3\` is cut into a subnet a node:
behind it stands their length, in a NetworkAttachmentDefinition as \`10.10.0.0/16/24,fd12:3456:789a::/48/64\`. For IPv6 it is 64, and it
is longer than that of the network.`,
  source: "https://github.com/ovn-kubernetes/ovn-kubernetes/blob/master/go-controller/pkg/config/utils.go",
  severity: "error",
  kinds: ["CNIConfig", "UserDefinedNetwork", "ClusterUserDefinedNetwork"],
  mentions: [/subnets/],
  example: {
    bad: network("10.10.0.0/16/24,fd12:3456:789a::/64/64"),
    good: network("10.10.0.0/16/24,fd12:3456:789a::/48/64"),
  },

  *check(resource) {
    const subnets = resource.kind === "CNIConfig" ? ofPlugin(resource) : ofObject(resource);
    for (const { text, at, cidr, node } of subnets) {
      const prefix = parsePrefix(cidr);
      if (!prefix) yield { at, message: `CIDR "${text}" not properly formatted; write address/length` };
      else if (node !== undefined) yield* judge(at, prefix.address.family, prefix.length, node);
    }
    const families = subnets.map(({ cidr }) => parsePrefix(cidr)?.address.family);
    const again = families.findIndex((family, index) => family !== undefined && families.indexOf(family) < index);
    // A network of the default topology may be cut out of several ranges of one family.
    if (again > 0 && resource.kind !== "CNIConfig")
      yield {
        at: subnets[again]?.at,
        message: `when 2 CIDRs are set, they must be from different IP families; both are ${families[again]}`,
      };
  },
};

interface Subnet {
  readonly text: string;
  readonly at: Place;
  readonly cidr: string;
  /** The length of a node's. */
  readonly node: number | undefined;
}

function* judge(at: Place, family: "IPv4" | "IPv6", length: number, node: number): Iterable<Report> {
  if (family === "IPv6" && node !== 64)
    yield { at, message: `IPv6 only supports /64 host subnets; write 64 and not ${node}` };
  else if (node <= length || node > bits(family))
    yield { at, message: `a node's /${node} has no room in a /${length}: write a shorter prefix for the network` };
}

/** `subnets: "a/b/c,d/e/f"` */
function ofPlugin(config: Resource): readonly Subnet[] {
  const field = config.get("subnets");
  const { text } = field ?? {};
  if (!field || text === undefined || config.get("type")?.text !== "ovn-k8s-cni-overlay" || isPlaceholder(text))
    return [];
  const isRouted = config.get("topology")?.text === "layer3";
  return [...text.matchAll(/[^,]+/g)].map(({ 0: part, index }) => {
    const [, cidr = part, node] = (isRouted && /^(.*\/\d+)\/(\d+)$/.exec(part)) || [];
    const at = field.within(index, index + part.length);
    const usual = isRouted ? usualLength(cidr) : undefined;
    return { text: part, at, cidr, node: node === undefined ? usual : Number(node) };
  });
}

function usualLength(cidr: string): number {
  return parsePrefix(cidr)?.address.family === "IPv6" ? 64 : 24;
}

/** What cannot be read in an object is said by the rules for every field. */
function ofObject(network: Resource): readonly Subnet[] {
  const spec = network.kind === "UserDefinedNetwork" ? network.get("spec") : network.get("spec", "network");
  const layer3 = spec?.get("layer3", "subnets")?.items() ?? [];
  const layer2 = spec?.get("layer2", "subnets")?.items() ?? [];
  const routed = (one: Field) => one.get("hostSubnet")?.integer ?? usualLength(one.get("cidr")?.text ?? "");
  const read = (field: Field | undefined, at: Field | undefined, node: number | undefined) =>
    field?.text !== undefined && parsePrefix(field.text)
      ? [{ text: field.text, at: at ?? field, cidr: field.text, node }]
      : [];
  return [
    ...layer3.flatMap((one) => read(one.get("cidr"), one.get("hostSubnet"), routed(one))),
    ...layer2.flatMap((one) => read(one, undefined, undefined)),
  ];
}

function network(subnets: string): string {
  return `apiVersion: k8s.cni.cncf.io/v1
kind: NetworkAttachmentDefinition
metadata:
  name: tenant
  namespace: tenant
spec:
  config: '{"cniVersion":"1.0.0","name":"tenant","type":"ovn-k8s-cni-overlay","topology":"layer3","subnets":"${subnets}","netAttachDefName":"tenant/tenant"}'
`;
}
