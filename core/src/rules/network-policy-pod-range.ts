import { type Span, spanHolds, spanOf } from "../addresses/span.ts";
import { ranges } from "../facts/ranges.ts";
import { ipBlocks } from "../kinds/network-policy.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "An ipBlock names addresses of pods",
  why: `ipBlock is for addresses outside the cluster. Pods come and go with their addresses, and many network plugins do not
match pods by ipBlock at all. A selector names pods, and holds for both of their families.`,
  source: "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
  severity: "warning",
  codes: ["NP010"],
  kinds: ["NetworkPolicy"],
  example: {
    bad: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking:
  podSubnet: 10.244.0.0/16
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector: {}
  ingress:
    - from:
        - ipBlock:
            cidr: 10.244.3.0/24
`,
    good: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking:
  podSubnet: 10.244.0.0/16
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector: {}
  ingress:
    - from:
        - podSelector: {}
`,
  },

  *check(policy, world) {
    for (const { block } of ipBlocks(policy)) {
      const cidr = block.get("cidr");
      const span = spanOf(cidr?.text ?? "");
      if (!span) continue;
      const pods = world
        .all(ranges)
        .flatMap(({ value }) => value.filter(({ role, initial }) => role === "pod" && !initial));
      const outer = pods.find(({ text }) => holds(text, span));
      if (!outer) continue;
      yield {
        at: cidr,
        message: `${cidr?.text} lies inside the pods' ${outer.text}; use a podSelector, it holds for both families`,
      };
    }
  },
};

function holds(text: string, inner: Span): boolean {
  const outer = spanOf(text);
  return outer !== undefined && spanHolds(outer, inner);
}
