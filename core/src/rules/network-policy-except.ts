import { contains, isMapped, type Prefix, parsePrefix, unmapped } from "../addresses/address.ts";
import { ipBlocks } from "../kinds/network-policy.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "An except does not lie inside its cidr",
  why: `Every prefix under \`except\` must lie inside \`cidr\` and be smaller than it. A prefix of the other family never
does: IPv4 and IPv6 need a block each, with its own \`except\`.`,
  source: "https://github.com/kubernetes/kubernetes/blob/master/pkg/apis/networking/validation/validation.go",
  severity: "error",
  codes: ["NP003"],
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
            cidr: 0.0.0.0/0
            except:
              - fd00::/8
        - ipBlock:
            cidr: ::/0
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
            cidr: 0.0.0.0/0
        - ipBlock:
            cidr: ::/0
            except:
              - fd00::/8
`,
  },

  *check(policy) {
    for (const { block } of ipBlocks(policy)) {
      const cidr = parsePrefix(block.get("cidr")?.text ?? "");
      for (const except of block.get("except")?.items() ?? []) {
        const inner = parsePrefix(except.text ?? "");
        if (!cidr || !inner || isInside(inner, cidr)) continue;
        const { family } = inner.address;
        const advice =
          family === cidr.address.family
            ? `${except.text} does not lie inside ${block.get("cidr")?.text}`
            : `${family} needs an ipBlock of its own`;
        yield { at: except, message: `must be a strict subset of \`cidr\`; ${advice}` };
      }
    }
  },
};

/** Go looks at the IPv4 address in an IPv4-mapped one, and at the lengths as they are written. */
function isInside(inner: Prefix, cidr: Prefix): boolean {
  const { address, length } = inner;
  return length > cidr.length && contains(cidr, isMapped(address) ? unmapped(address) : inner);
}
