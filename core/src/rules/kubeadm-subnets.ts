import type { Rule } from "../lint/rule.ts";
import { isSingleOrDual, prefixesOf, prefixFamiliesOf, subnetList } from "../literals/subnet-list.ts";

export const rule: Rule = {
  summary: "kubeadm gets more than one subnet of a family",
  why: `podSubnet and serviceSubnet hold one prefix, or for a dual-stack cluster one of IPv4 and one of IPv6. Their order
chooses the cluster's primary family.`,
  source: "https://github.com/kubernetes/kubernetes/blob/master/cmd/kubeadm/app/apis/kubeadm/validation/validation.go",
  severity: "error",
  codes: ["KADM002", "KADM003"],
  kinds: ["ClusterConfiguration"],
  groups: ["kubeadm.k8s.io"],
  example: {
    bad: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking:
  podSubnet: fd12:3456:789a::/56,fd12:3456:789c::/56
`,
    good: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking:
  podSubnet: fd12:3456:789a::/56,10.244.0.0/16
`,
  },

  *check(config) {
    for (const key of ["podSubnet", "serviceSubnet"]) {
      const field = config.get("networking", key);
      const prefixes = prefixesOf(subnetList(field));
      if (!prefixes || prefixes.length === 0 || isSingleOrDual(prefixes)) continue;
      const many = prefixes.length > 2;
      yield {
        at: field,
        codes: [many ? "KADM002" : "KADM003"],
        message: `expected one (IPv4 or IPv6) CIDR or two CIDRs from each family for dual-stack networking; ${
          many ? `these are ${prefixes.length}` : `both are ${prefixFamiliesOf(prefixes)[0]}`
        }`,
      };
    }
  },
};
