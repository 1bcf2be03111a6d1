import { openedElsewhere } from "../facts/openings.ts";
import { lacks } from "../facts/service-ranges.ts";
import { anyAt, cidrsOf, exceptsOther, isAny, type Openings, openings, policyRules } from "../kinds/network-policy.ts";
import { cover, portsOf } from "../kinds/policy-ports.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "0.0.0.0/0 lets in every IPv4 peer and no IPv6 peer",
  why: `A NetworkPolicy isolates the pod, not a family: once a policy selects it, IPv6 needs a rule of its own.
\`0.0.0.0/0\` is every IPv4 address and no IPv6 address, so "anywhere" stops at IPv4. Name both, as two entries.`,
  source: "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
  severity: "warning",
  codes: ["NP007"],
  kinds: ["NetworkPolicy"],
  example: {
    bad: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress:
    - from:
        - ipBlock:
            cidr: 0.0.0.0/0
`,
    good: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector: {}
  policyTypes: [Ingress]
  ingress:
    - from:
        - ipBlock:
            cidr: 0.0.0.0/0
        - ipBlock:
            cidr: ::/0
`,
  },

  *check(policy, world) {
    const opened: { -readonly [direction in keyof Openings]?: Openings[direction] } = {};
    for (const { peers, direction, rule: entry } of policyRules(policy)) {
      const cidrs = cidrsOf(peers);
      const any = anyAt(cidrs, "IPv4");
      if (!peers || any < 0 || lacks(world, "IPv6") || exceptsOther(peers, "IPv6")) continue;
      const open = opened[direction] ?? [
        ...openings(policy, "IPv6")[direction],
        ...openedElsewhere(world, policy, policy.get("spec"), direction, "IPv6"),
      ];
      opened[direction] = open;
      if (cover(open, portsOf(entry))) continue;
      const peer = peers.get(any);
      // What `except` keeps out is a list of one family's networks; its counterpart of the other cannot be guessed.
      const excepts = peers.items().some((one) => one.has("ipBlock", "except"));
      const edit = excepts ? undefined : peer?.insertAfter("ipBlock:\n  cidr: ::/0");
      const advice = excepts
        ? "::/0 needs exceptions of its own: fc00::/7, fe80::/10, your prefixes"
        : "add ::/0 to mean anywhere";
      const { start, end } = cidrs[any] ?? peers;
      yield {
        at: { path: peers.path, start, end },
        message: `${isAny(cidrs[any], "IPv4") ? "0.0.0.0/0" : "all of IPv4"} matches no IPv6 address; ${advice}`,
        fix: { kind: "decision", title: "Allow ::/0 as well", edits: [edit] },
      };
    }
  },
};
