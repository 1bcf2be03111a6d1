import { isLinkLocal, parsePrefix } from "../addresses/address.ts";
import { ipBlocks } from "../kinds/network-policy.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "An ipBlock names link-local addresses",
  why: `Link-local addresses are never forwarded, so no packet from another host reaches a pod with one as its source, and
neighbour discovery, which needs them, is not subject to NetworkPolicies. Link-local IPv4 addresses are let pass as targets:
the metadata service and DNS caches on the node have some.`,
  source: "https://www.rfc-editor.org/rfc/rfc4291#section-2.5.6",
  severity: "warning",
  codes: ["NP013"],
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
        - ipBlock:
            cidr: fe80::/10
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
`,
  },

  *check(policy) {
    for (const { direction, peers, block } of ipBlocks(policy)) {
      const cidr = block.get("cidr");
      const prefix = parsePrefix(cidr?.text ?? "");
      if (!prefix || !isLinkLocal(prefix.address)) continue;
      const { family } = prefix.address;
      if (prefix.length < (family === "IPv6" ? 10 : 16) || (family === "IPv4" && direction === "egress")) continue;
      // The last peer cannot go: a rule without peers is open to everybody.
      const edit = (peers?.items().length ?? 0) > 1 ? block.parent?.remove() : undefined;
      yield {
        at: cidr,
        message: `${cidr?.text} is link-local, which is never forwarded to a pod; remove it`,
        fix: { kind: "decision", title: "Remove this peer", edits: [edit] },
      };
    }
  },
};
