import { bits, hasHostBits } from "../addresses/address.ts";
import { clusterPlan, mentionsPlan, planKinds } from "../kinds/cluster-plan.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "The Services' range of an installer is larger than the API server takes",
  why: `Installers hand their range on as --service-cluster-ip-range. Up to Kubernetes 1.33 it may have 20 host bits: an IPv6 prefix of
/108 or longer, and so it is for kubeadm in every version. From 1.34 on the API server takes an IPv6 prefix up to /64. A /112 has
room for 65,536 Services and fits everywhere.`,
  source: "https://github.com/kubernetes/kubernetes/blob/master/cmd/kube-apiserver/app/options/validation.go",
  severity: "error",
  codes: ["KAS004"],
  kinds: planKinds,
  mentions: [mentionsPlan],
  example: {
    bad: `cluster-cidr: 10.42.0.0/16,fd12:3456:789a::/56
service-cidr: 10.43.0.0/16,fd12:3456:789b::/48
`,
    good: `cluster-cidr: 10.42.0.0/16,fd12:3456:789a::/56
service-cidr: 10.43.0.0/16,fd12:3456:789b::/112
`,
  },

  *check(config, world) {
    const plan = clusterPlan(config);
    const byKubeadm = plan?.installer === "Cluster API";
    for (const { text, prefix, at, replace } of plan?.services?.prefixes ?? []) {
      if (!prefix) continue;
      const width = bits(prefix.address.family);
      const modern = world.atLeast(34) && !byKubeadm;
      const shortest = modern && width === 128 ? 64 : width - 20;
      if (prefix.length >= shortest || (modern && width === 32)) continue;
      const length = width === 128 ? 112 : 16;
      const message = modern
        ? "shortest allowed prefix length for service CIDR is 64; a /112 fits every version"
        : `specified service range is too large; for ${width}-bit addresses, the mask must be >= ${shortest}`;
      const by = text.replace(/\/.*/, `/${length}`);
      // With bits set beyond the shorter length, which length was meant is the question of another rule.
      const edits = hasHostBits(prefix) ? [] : [replace(by)];
      yield { at, message, fix: edits.length > 0 ? { kind: "decision", title: `Write ${by}`, edits } : undefined };
    }
  },
};
