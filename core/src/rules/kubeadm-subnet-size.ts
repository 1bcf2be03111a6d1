import { bits, size } from "../addresses/address.ts";
import type { Rule } from "../lint/rule.ts";
import { isSingleOrDual, prefixesOf, subnetList } from "../literals/subnet-list.ts";

/** Of cmd/kubeadm/app/constants: the fewest addresses, and the most host bits of the service subnet. */
const fewest = { podSubnet: 14n, serviceSubnet: 10n } as const;
const mostServiceBits = 20;

export const rule: Rule = {
  summary: "A subnet of kubeadm is too small or too large",
  why: `kubeadm wants 14 addresses for pods and 10 for Services at least. Of the service subnet it takes at most 20 host bits:
an IPv6 prefix between /108 and /124, an IPv4 prefix of /12 or longer. A /112 has room for 65,536 Services.`,
  source: "https://github.com/kubernetes/kubernetes/blob/master/cmd/kubeadm/app/apis/kubeadm/validation/validation.go",
  severity: "error",
  codes: ["KADM004", "KADM005"],
  kinds: ["ClusterConfiguration"],
  groups: ["kubeadm.k8s.io"],
  example: {
    bad: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking:
  podSubnet: fd12:3456:789a::/56
  serviceSubnet: fd12:3456:789b::/64
`,
    good: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking:
  podSubnet: fd12:3456:789a::/56
  serviceSubnet: fd12:3456:789b::/112
`,
  },

  *check(config) {
    for (const key of ["podSubnet", "serviceSubnet"] as const) {
      const field = config.get("networking", key);
      const list = subnetList(field);
      const prefixes = prefixesOf(list);
      if (!field || !prefixes || !isSingleOrDual(prefixes)) continue;
      for (const [index, prefix] of prefixes.entries()) {
        const part = list[index];
        if (!part) continue;
        const width = bits(prefix.address.family);
        if (size(prefix) < fewest[key]) {
          const message = `subnet with ${size(prefix)} address(es) is too small, the minimum is ${fewest[key]}`;
          yield { at: part.at, codes: ["KADM004"], message };
        } else if (key === "serviceSubnet" && width - prefix.length > mostServiceBits) {
          const shortest = width - mostServiceBits;
          const written = part.text.replace(/\/.*/, `/${width === 128 ? 112 : 16}`);
          const replaced = list.map((other) => (other === part ? written : other.text)).join(",");
          yield {
            at: part.at,
            codes: ["KADM005"],
            message: `specified service subnet is too large; for ${width}-bit addresses, the mask must be >= ${shortest}`,
            fix: { kind: "decision", title: `Write ${written}`, edits: [field.replace(replaced)] },
          };
        }
      }
    }
  },
};
