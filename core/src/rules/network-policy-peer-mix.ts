import { ipBlocks } from "../kinds/network-policy.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "A peer has an ipBlock and a selector",
  why: `A peer is either a block of addresses or a selection of pods. Addresses cannot narrow a selection down: the API
server refuses both in one peer. As two peers they add up, which lets in more than either alone.`,
  source: "https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/networking/validation/validation.go",
  severity: "error",
  codes: ["NP005"],
  kinds: ["NetworkPolicy"],
  example: {
    bad: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector: {}
  ingress:
    - from:
        - ipBlock:
            cidr: fd12:3456:789a::/48
          podSelector: {}
`,
    good: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector: {}
  ingress:
    - from:
        - ipBlock:
            cidr: fd12:3456:789a::/48
        - podSelector: {}
`,
  },

  *check(policy) {
    for (const { block } of ipBlocks(policy)) {
      const peer = block.parent;
      const selector = ["podSelector", "namespaceSelector"].find((key) => peer?.has(key));
      if (!peer || !selector || block.type === "null") continue;
      const { start, end } = block.key;
      yield {
        at: { path: peer.path, start, end },
        message: `may not specify both ipBlock and another peer; make ${selector} a peer of its own`,
      };
    }
  },
};
