import { type Family, parseAddress } from "../addresses/address.ts";
import { clusterSubnets } from "../facts/cluster-subnets.ts";
import { fileOf } from "../facts/identities.ts";
import { sameCluster } from "../facts/same-cluster.ts";
import { programFlags } from "../kinds/flags.ts";
import type { Rule, World } from "../lint/rule.ts";
import { isSingleOrDual, prefixesOf, prefixFamiliesOf, subnetList } from "../literals/subnet-list.ts";
import { podKinds, type Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "kube-proxy's clusterCIDR does not fit its families",
  why: `clusterCIDR is one prefix, or one of each family. It tells local traffic from outside traffic per family: a cluster
whose nodes have IPv4 addresses first needs an IPv4 prefix in it, and the reverse.`,
  source: "https://github.com/kubernetes/kubernetes/blob/master/pkg/proxy/apis/config/validation/validation.go",
  severity: "error",
  codes: ["KPX003", "KPX006"],
  kinds: ["KubeProxyConfiguration", ...podKinds],
  mentions: [/cluster-?cidr/],
  example: {
    bad: `apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
clusterCIDR: fd12:3456:789a::/56,fd12:3456:789c::/56
`,
    good: `apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
clusterCIDR: fd12:3456:789a::/56,10.244.0.0/16
`,
  },

  *check(config, world) {
    const flags = programFlags(config, "kube-proxy");
    const isFile = config.kind === "KubeProxyConfiguration";
    const at = isFile ? config.get("clusterCIDR") : flags?.get("cluster-cidr");
    const mode = isFile ? config.get("detectLocalMode") : flags?.get("detect-local-mode");
    const address = isFile ? config.get("bindAddress") : flags?.get("bind-address");
    const prefixes = prefixesOf(subnetList(at));
    // Other modes do not look at it.
    if (!prefixes || prefixes.length === 0 || (mode && mode.text !== "ClusterCIDR" && mode.text !== "")) return;
    if (!isSingleOrDual(prefixes)) {
      const message = "must be a either a single CIDR or dual-stack pair of CIDRs; name one of each family";
      yield { at, codes: ["KPX003"], message };
      return;
    }
    const bind = parseAddress(address?.text ?? "");
    const primary = bind && bind.value !== 0n ? bind.family : primaryOf(config, world);
    const [only, ...more] = prefixFamiliesOf(prefixes);
    if (!primary || !only || more.length > 0 || only === primary) return;
    yield {
      at,
      codes: ["KPX006"],
      severity: "warning",
      message: `cluster is ${primary}-primary but clusterCIDRs contains only ${only} addresses; add an ${primary} prefix`,
    };
  },
};

/** What kubeadm's configuration beside it says of its own cluster weighs more than what is said of the folder's. */
function primaryOf(config: Resource, world: World): Family | undefined {
  const [kubeadm, ...more] = sameCluster(world.all(clusterSubnets), fileOf(world, config));
  const [pods] = kubeadm?.value.pods ?? [];
  if (pods && more.length === 0) return pods === kubeadm?.value.services[0] ? pods : undefined;
  const known = { "dual-v4": "IPv4", v4: "IPv4", "dual-v6": "IPv6", v6: "IPv6", unknown: undefined } as const;
  return known[world.cluster];
}
