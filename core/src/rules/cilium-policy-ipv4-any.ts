import { openedElsewhere } from "../facts/openings.ts";
import { lacks } from "../facts/service-ranges.ts";
import { ciliumPolicyKinds, type Elsewhere, loneAnys } from "../kinds/cilium-policy.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "A Cilium policy names 0.0.0.0/0 for the world and leaves IPv6 out",
  why: `A Cilium policy isolates an endpoint for both families. \`0.0.0.0/0\` is every IPv4 address outside the cluster and no
IPv6 address; write \`::/0\` beside it, or the entity \`world\`, which is both.`,
  source: "https://docs.cilium.io/en/stable/security/policy/language/#ip-cidr-based",
  severity: "warning",
  codes: ["NP007"],
  kinds: ciliumPolicyKinds,
  example: {
    bad: `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: web}
spec:
  endpointSelector: {}
  egress:
    - toCIDR: [0.0.0.0/0]
`,
    good: `apiVersion: cilium.io/v2
kind: CiliumNetworkPolicy
metadata: {name: web}
spec:
  endpointSelector: {}
  egress:
    - toCIDR: [0.0.0.0/0, "::/0"]
`,
  },

  *check(policy, world) {
    const elsewhere: Elsewhere = (spec, direction, family) => openedElsewhere(world, policy, spec, direction, family);
    for (const { at, edit, excepts } of lacks(world, "IPv6") ? [] : loneAnys(policy, "IPv4", elsewhere))
      yield {
        at,
        message: excepts
          ? "0.0.0.0/0 matches no IPv6 address; ::/0 needs exceptions of its own: fc00::/7, fe80::/10, your prefixes"
          : "0.0.0.0/0 matches no IPv6 address; add ::/0, or the entity world for both",
        fix: { kind: "decision", title: "Allow ::/0 as well", edits: [edit] },
      };
  },
};
