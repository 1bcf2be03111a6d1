import { parsePrefix } from "../addresses/address.ts";
import { clusterOf } from "../facts/service-ranges.ts";
import { programFlags } from "../kinds/flags.ts";
import type { Rule, World } from "../lint/rule.ts";
import { prefixesOf, prefixFamiliesOf, subnetList } from "../literals/subnet-list.ts";
import type { Place } from "../manifest/field.ts";
import { podKinds, type Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "nodePortAddresses leaves one family open to everybody, or mixes primary with prefixes",
  why: `nodePortAddresses restricts NodePorts to some addresses of the node. For a family without a prefix in the list there
is no restriction: its NodePorts accept connections on all addresses. The word \`primary\` means the Node's own addresses of
both families, and stands alone.`,
  source: "https://github.com/kubernetes/kubernetes/blob/master/cmd/kube-proxy/app/server.go",
  severity: "error",
  codes: ["KPX004", "KPX005"],
  kinds: ["KubeProxyConfiguration", ...podKinds],
  mentions: [/node-?port-?addresses/],
  example: {
    bad: `apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
nodePortAddresses: [primary, "fd12:3456:789a:ff::/64"]
`,
    good: `apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
nodePortAddresses: [primary]
`,
  },

  *check(config, world) {
    const list = config.get("nodePortAddresses");
    const flag = programFlags(config, "kube-proxy")?.get("nodeport-addresses");
    const entries = list?.items().map((item) => ({ text: item.text ?? "", at: item as Place })) ?? subnetList(flag);
    const primary = entries.find(({ text }) => text === "primary");
    if (primary && entries.length > 1) {
      yield { at: primary.at, codes: ["KPX004"], message: "can't use both 'primary' and CIDRs; keep one of them" };
      return;
    }
    const prefixes = entries.flatMap(({ text }) => parsePrefix(text) ?? []);
    const [only, ...more] = prefixFamiliesOf(prefixes);
    if (!only || more.length > 0 || prefixes.length < entries.length || !isDual(config, world)) return;
    const open = only === "IPv4" ? "IPv6" : "IPv4";
    yield {
      at: list?.key ?? flag,
      codes: ["KPX005"],
      severity: "warning",
      message: `only ${only} here: NodePorts accept connections on all ${open} addresses; use primary, or both families`,
    };
  },
};

/** A cluster nobody knows counts, unless its pods have one family. */
function isDual(config: Resource, world: World): boolean {
  const ranges = config.get("clusterCIDR") ?? programFlags(config, "kube-proxy")?.get("cluster-cidr");
  const families = prefixFamiliesOf(prefixesOf(subnetList(ranges)) ?? []);
  const cluster = clusterOf(world);
  return families.length === 2 || (cluster === "unknown" ? families.length === 0 : cluster.startsWith("dual"));
}
