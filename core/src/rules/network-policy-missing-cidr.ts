import { ipBlocks } from "../kinds/network-policy.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "An ipBlock has no cidr",
  why: `\`except\` only takes away from \`cidr\`: without one, the API server refuses the policy. An ipBlock holds one
family, so write one block for IPv4 and one for IPv6, each with its own \`except\`.`,
  source: "https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/networking/validation/validation.go",
  severity: "error",
  codes: ["NP002"],
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
            except: [fd12:3456:789a::/64]
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
            except: [fd12:3456:789a::/64]
`,
  },

  *check(policy) {
    for (const { block } of ipBlocks(policy)) {
      const cidr = block.get("cidr");
      const empty = cidr && cidr.type !== "null" ? cidr.text === "" : !policy.partial;
      if (!empty) continue;
      const { start, end } = cidr?.text === "" ? cidr : (cidr ?? block).key;
      yield {
        at: { path: `${block.path}.cidr`, start, end },
        message: "Required value: an ipBlock needs a cidr; add the prefix that is meant",
      };
    }
  },
};
