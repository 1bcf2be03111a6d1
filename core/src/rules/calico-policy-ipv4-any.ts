import { type Family, parsePrefix } from "../addresses/address.ts";
import { openedElsewhere } from "../facts/openings.ts";
import { lacks } from "../facts/service-ranges.ts";
import { calicoGroups } from "../kinds/calico-policy.ts";
import { calicoPortsOf, cover } from "../kinds/policy-ports.ts";
import type { Rule } from "../lint/rule.ts";
import type { Field } from "../manifest/field.ts";

export const rule: Rule = {
  summary: "A Calico policy allows 0.0.0.0/0 for anywhere and leaves IPv6 out",
  why: `Once a Calico policy selects a pod, what no rule allows is denied, in both families. \`0.0.0.0/0\` is every IPv4 address and no IPv6
address. A rule cannot hold nets of both: write a second one with \`::/0\`, or leave \`nets\` out for anywhere.`,
  source: "https://docs.tigera.io/calico/latest/reference/resources/globalnetworkpolicy#entityrule",
  severity: "warning",
  codes: ["NP007"],
  kinds: ["CalicoNetworkPolicy", "GlobalNetworkPolicy"],
  groups: calicoGroups,
  mentions: [/0\.0\.0\.0\/0/],
  example: {
    bad: `apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata:
  name: out
spec:
  selector: app == 'web'
  types: [Egress]
  egress:
    - action: Allow
      destination:
        nets: [0.0.0.0/0]
`,
    good: `apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata:
  name: out
spec:
  selector: app == 'web'
  types: [Egress]
  egress:
    - action: Allow
      destination:
        nets: [0.0.0.0/0]
    - action: Allow
      destination:
        nets: ["::/0"]
`,
  },

  *check(policy, world) {
    if (lacks(world, "IPv6")) return;
    for (const direction of ["ingress", "egress"] as const) {
      const peer = direction === "ingress" ? "source" : "destination";
      const rules = policy.get("spec", direction)?.items() ?? [];
      for (const rule of rules) {
        const any = rule
          .get(peer, "nets")
          ?.items()
          .find((net) => familyOfAny(net) === "IPv4");
        if (!any || rule.get("action")?.text !== "Allow" || rules.some((other) => mayLetIPv6(other, peer))) continue;
        const open = openedElsewhere(world, policy, undefined, direction, "IPv6");
        if (cover(open, calicoPortsOf(rule))) continue;
        yield {
          at: any,
          message: "0.0.0.0/0 allows no IPv6 address; add a rule with ::/0, or leave nets out for anywhere",
        };
      }
    }
  },
};

/** Somebody has thought of IPv6: what is let in by such a rule is what is meant. */
function mayLetIPv6(rule: Field, peer: "source" | "destination"): boolean {
  if (rule.get("ipVersion")?.text === "4" || rule.get("action")?.text === "Deny") return false;
  const nets = rule.get(peer, "nets")?.items() ?? [];
  return nets.length === 0
    ? !rule.has(peer, "selector")
    : nets.some(({ text }) => parsePrefix(text ?? "")?.address.family !== "IPv4");
}

function familyOfAny({ text }: Field): Family | undefined {
  const prefix = parsePrefix(text ?? "");
  return prefix?.length === 0 ? prefix.address.family : undefined;
}
