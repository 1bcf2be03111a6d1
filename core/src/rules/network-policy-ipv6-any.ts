import { openedElsewhere } from "../facts/openings.ts";
import { lacks } from "../facts/service-ranges.ts";
import { anyAt, cidrsOf, exceptsOther, isAny, type Openings, openings, policyRules } from "../kinds/network-policy.ts";
import { cover, portsOf } from "../kinds/policy-ports.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "::/0 lets in every IPv6 peer and no IPv4 peer",
  why: `A NetworkPolicy isolates the pod, not a family: a policy with \`::/0\` alone does not add IPv6 to what is allowed
already, it takes IPv4 away from every pod it selects. Name both, as two entries.`,
  source: "https://kubernetes.io/docs/concepts/services-networking/network-policies/",
  severity: "warning",
  codes: ["NP008"],
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
            cidr: ::/0
        - ipBlock:
            cidr: 0.0.0.0/0
`,
  },

  *check(policy, world) {
    const opened: { -readonly [direction in keyof Openings]?: Openings[direction] } = {};
    for (const { peers, direction, rule: entry } of policyRules(policy)) {
      const cidrs = cidrsOf(peers);
      const any = anyAt(cidrs, "IPv6");
      if (!peers || any < 0 || lacks(world, "IPv4") || exceptsOther(peers, "IPv4")) continue;
      const open = opened[direction] ?? [
        ...openings(policy, "IPv4")[direction],
        ...openedElsewhere(world, policy, policy.get("spec"), direction, "IPv4"),
      ];
      opened[direction] = open;
      if (cover(open, portsOf(entry))) continue;
      const peer = peers.get(any);
      // What `except` keeps out is a list of one family's networks; its counterpart of the other cannot be guessed.
      const excepts = peers.items().some((one) => one.has("ipBlock", "except"));
      const edit = excepts ? undefined : peer?.insertAfter("ipBlock:\n  cidr: 0.0.0.0/0");
      const advice = excepts
        ? "0.0.0.0/0 needs exceptions of its own: 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, your prefixes"
        : "add 0.0.0.0/0 to mean anywhere";
      const { start, end } = cidrs[any] ?? peers;
      yield {
        at: { path: peers.path, start, end },
        message: `${isAny(cidrs[any], "IPv6") ? "::/0" : "all of IPv6"} matches no IPv4 address; ${advice}`,
        fix: { kind: "decision", title: "Allow 0.0.0.0/0 as well", edits: [edit] },
      };
    }
  },
};
