import { parsePrefix } from "../addresses/address.ts";
import type { Report, Rule } from "../lint/rule.ts";
import type { Field } from "../manifest/field.ts";

export const rule: Rule = {
  summary: "kops does not make an IPv6 cluster of this file",
  why: `A cluster of kops is IPv6 if its \`nonMasqueradeCIDR\` is, which has to be \`::/0\` then: pods take public addresses of their subnets. Not
every network plugin of kops knows IPv6, and Calico and Cilium not with each of their options. A subnet of type \`DualStack\` is for IPv6
clusters alone.`,
  source: "https://github.com/kubernetes/kops/blob/master/pkg/apis/kops/validation/validation.go",
  severity: "error",
  kinds: ["Cluster"],
  groups: ["kops.k8s.io"],
  mentions: [/nonMasqueradeCIDR/],
  example: {
    bad: cluster("fd12:3456:789a::/48", "flannel: {backend: vxlan}"),
    good: cluster("::/0", "cilium: {}"),
  },

  *check(config) {
    const networking = config.get("spec", "networking");
    const range = networking?.get("nonMasqueradeCIDR") ?? config.get("spec", "nonMasqueradeCIDR");
    const prefix = parsePrefix(range?.text ?? "");
    if (!range || !prefix) return;
    const isIPv6 = prefix.address.family === "IPv6";
    if (isIPv6 && range.text !== "::/0")
      yield { at: range, message: 'IPv6 clusters must have a nonMasqueradeCIDR of "::/0"' };
    if (isIPv6) yield* refused(networking);
    const subnets = networking?.get("subnets") ?? config.get("spec", "subnets");
    for (const type of subnets?.items().flatMap((subnet) => subnet.get("type") ?? []) ?? [])
      if (!isIPv6 && type.text === "DualStack")
        yield { at: type, message: "subnet type DualStack may only be used in IPv6 clusters" };
  },
};

/** Plugins that know no IPv6, by their keys. */
const plugins = [
  ["kubenet", "Kubenet"],
  ["kopeio", "Kopeio"],
  ["flannel", "Flannel"],
  ["kubeRouter", "kube-router"],
  ["kuberouter", "kube-router"],
  ["amazonVPC", "amazon-vpc-routed-eni networking"],
  ["amazonvpc", "amazon-vpc-routed-eni networking"],
  ["gcp", "GCP networking"],
] as const;

const options: readonly (readonly [plugin: string, option: string, isFine: (text: string) => boolean, says: string])[] =
  [
    ["calico", "encapsulationMode", (text) => text === "none", 'IPv6 requires an encapsulationMode of "none"'],
    [
      "calico",
      "awsSrcDstCheck",
      (text) => text === "DoNothing",
      'awsSrcDstCheck may only be "DoNothing" for IPv6 clusters',
    ],
    ["calico", "wireguardEnabled", (text) => text !== "true", "WireGuard is not supported on IPv6 clusters"],
    ["cilium", "enableEncryption", (text) => text !== "true", "encryption is not supported on IPv6 clusters"],
    ["cilium", "ipam", (text) => text !== "eni", "Cilium ENI IPAM does not support IPv6"],
  ];

function* refused(networking: Field | undefined): Iterable<Report> {
  for (const [key, name] of plugins) {
    const plugin = networking?.get(key);
    if (plugin && plugin.type !== "null")
      yield { at: plugin.key, message: `${name} does not support IPv6: take cilium, calico or kindnet` };
  }
  for (const [plugin, option, isFine, message] of options) {
    const at = networking?.get(plugin, option);
    if (at?.text && !isFine(at.text)) yield { at, message };
  }
}

function cluster(range: string, plugin: string): string {
  return `apiVersion: kops.k8s.io/v1alpha2
kind: Cluster
metadata:
  name: shop.example.org
spec:
  networking:
    ${plugin}
  nonMasqueradeCIDR: "${range}"
`;
}
