import { parsePrefix } from "../address.ts";
import type { Resource } from "../manifest/resource.ts";
import type { Rule, World } from "../rule.ts";
import { familiesOf, prefixesOf, subnetList } from "../subnet-list.ts";

export const rule: Rule = {
  summary: "nodePortAddresses leaves one family open to everybody, or mixes primary with prefixes",
  why: `nodePortAddresses restricts NodePorts to some addresses of the node. For a family without a prefix in the list there
is no restriction: its NodePorts accept connections on all addresses. The word \`primary\` means the Node's own addresses of
both families, and stands alone.`,
  source: "https://github.com/kubernetes/kubernetes/blob/master/cmd/kube-proxy/app/server.go",
  severity: "error",
  codes: ["KPX004", "KPX005"],
  kinds: ["KubeProxyConfiguration"],
  groups: ["kubeproxy.config.k8s.io"],
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
    const entries = list?.items() ?? [];
    const primary = entries.find(({ text }) => text === "primary");
    if (primary && entries.length > 1) {
      yield { at: primary, codes: ["KPX004"], message: "can't use both 'primary' and CIDRs; keep one of them" };
      return;
    }
    const prefixes = entries.flatMap(({ text }) => parsePrefix(text ?? "") ?? []);
    const [only, ...more] = familiesOf(prefixes);
    if (!list || !only || more.length > 0 || prefixes.length < entries.length || !isDual(config, world)) return;
    const open = only === "IPv4" ? "IPv6" : "IPv4";
    yield {
      at: list.key,
      codes: ["KPX005"],
      severity: "warning",
      message: `only ${only} here: NodePorts accept connections on all ${open} addresses; use primary, or both families`,
    };
  },
};

function isDual(config: Resource, { cluster }: World): boolean {
  const families = familiesOf(prefixesOf(subnetList(config.get("clusterCIDR"))) ?? []);
  return families.length === 2 || cluster === "dual-v4" || cluster === "dual-v6";
}
