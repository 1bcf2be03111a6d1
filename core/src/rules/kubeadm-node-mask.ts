import type { Family } from "../addresses/address.ts";
import { programFlags } from "../kinds/flags.ts";
import type { Rule } from "../lint/rule.ts";
import { isSingleOrDual, prefixesOf, subnetList } from "../literals/subnet-list.ts";
import type { Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "podSubnet cannot be cut into one prefix a node",
  why: `Every node gets a /24 of IPv4 and a /64 of IPv6 of the podSubnet, unless node-cidr-mask-size-ipv4 and -ipv6 among the
controller manager's extraArgs say otherwise. The podSubnet must not be smaller than that, and at most 16 bits larger: with /64
a node, an IPv6 podSubnet lies between /48 and /64; a /64 is room for one node.`,
  source: "https://github.com/kubernetes/kubernetes/blob/master/cmd/kubeadm/app/apis/kubeadm/validation/validation.go",
  severity: "error",
  codes: ["KADM006", "KADM007", "KADM017"],
  kinds: ["ClusterConfiguration"],
  groups: ["kubeadm.k8s.io"],
  example: {
    bad: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking:
  podSubnet: fd12:3456::/40
`,
    good: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking:
  podSubnet: fd12:3456::/56
`,
  },

  *check(config) {
    const list = subnetList(config.get("networking", "podSubnet"));
    const prefixes = prefixesOf(list);
    if (!prefixes || !isSingleOrDual(prefixes)) return;
    const flags = programFlags(config, "kube-controller-manager");
    if (flags?.get("allocate-node-cidrs")?.text === "false") return;
    for (const [index, { address, length }] of prefixes.entries()) {
      const at = list[index]?.at;
      const { flag, mask, isSet } = nodeMask(config, address.family);
      // What a part leaves out may be set elsewhere.
      if (config.partial && !isSet) continue;
      if (Number.isNaN(mask)) {
        const message = `could not parse the value of the kube-controller-manager flag ${flag} as an integer`;
        yield { at, codes: ["KADM017"], message };
      } else if (length > mask) {
        const message = `the size of pod subnet with mask ${length} is smaller than the size of node subnet with mask ${mask}; set ${flag}`;
        yield { at, codes: ["KADM006"], message };
      } else if (mask - length > 16) {
        const message = `pod subnet mask (${length}) and node-mask (${mask}) difference is greater than 16; write /${mask - 16} to /${mask}`;
        yield { at, codes: ["KADM007"], message };
      } else if (length === mask && address.family === "IPv6") {
        const message = `room for one node: each gets a /${mask} of it; for more write /${mask - 16} to /${mask - 1}`;
        yield { at, codes: ["KADM006"], severity: "information", message };
      }
    }
  },
};

/** NaN for a flag that is no integer. */
function nodeMask(config: Resource, family: Family): { flag: string; mask: number; isSet: boolean } {
  const flag = `node-cidr-mask-size-${family.toLowerCase()}`;
  const text = programFlags(config, "kube-controller-manager")?.get(flag)?.text;
  if (!text) return { flag, mask: family === "IPv6" ? 64 : 24, isSet: false };
  return { flag, isSet: true, mask: /^[-+]?\d+$/.test(text) ? Number(text) : Number.NaN };
}
