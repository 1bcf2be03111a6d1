import { openedElsewhere } from "../facts/openings.ts";
import { lacks } from "../facts/service-ranges.ts";
import { ciliumPolicyKinds, type Elsewhere, loneAnys } from "../kinds/cilium-policy.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "A Cilium policy names ::/0 for the world and leaves IPv4 out",
  why: `A Cilium policy isolates an endpoint for both families. \`::/0\` is every IPv6 address outside the cluster and no
IPv4 address; write \`0.0.0.0/0\` beside it, or the entity \`world\`, which is both.`,
  source: "https://docs.cilium.io/en/stable/security/policy/language/#ip-cidr-based",
  severity: "warning",
  codes: ["NP008"],
  kinds: ciliumPolicyKinds,
  example: {
    bad: `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: web}
spec:
  endpointSelector: {}
  egress:
    - toCIDR: ["::/0"]
`,
    good: `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: web}
spec:
  endpointSelector: {}
  egress:
    - toCIDR: ["::/0", 0.0.0.0/0]
`,
  },

  *check(policy, world) {
    const elsewhere: Elsewhere = (spec, direction, family) => openedElsewhere(world, policy, spec, direction, family);
    for (const { at, edit, excepts } of lacks(world, "IPv4") ? [] : loneAnys(policy, "IPv6", elsewhere))
      yield {
        at,
        message: excepts
          ? "::/0 matches no IPv4 address; 0.0.0.0/0 needs exceptions of its own: 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, your prefixes"
          : "::/0 matches no IPv4 address; add 0.0.0.0/0, or the entity world for both",
        fix: { kind: "decision", title: "Allow 0.0.0.0/0 as well", edits: [edit] },
      };
  },
};
