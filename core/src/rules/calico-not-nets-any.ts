import { parsePrefix } from "../addresses/address.ts";
import { calicoGroups, calicoNets, calicoPolicyKinds, calicoRules } from "../kinds/calico-policy.ts";
import type { Rule } from "../lint/rule.ts";
import { under } from "../manifest/missing.ts";

export const rule: Rule = {
  summary: "notNets with the whole of a family: the rule matches nothing",
  why: `\`notNets\` is what the rule leaves out. A rule that names a net is for that net's family, and without \`0.0.0.0/0\` or
\`::/0\` nothing of the family is left.`,
  source: "https://github.com/projectcalico/calico/blob/master/libcalico-go/lib/validator/v3/validator.go",
  severity: "error",
  codes: ["CAL015"],
  kinds: calicoPolicyKinds,
  groups: calicoGroups,
  example: {
    bad: `apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata:
  name: in
spec:
  selector: all()
  ingress:
    - action: Allow
      source:
        notNets: ["::/0"]
`,
    good: `apiVersion: projectcalico.org/v3
kind: GlobalNetworkPolicy
metadata:
  name: in
spec:
  selector: all()
  ingress:
    - action: Allow
      ipVersion: 4
`,
  },

  *check(policy) {
    for (const rule of calicoRules(policy)) {
      for (const list of calicoNets(rule, ["notNets"])) {
        const any = list.items().find(({ text }) => parsePrefix(text ?? "")?.length === 0);
        if (!any) continue;
        const says = "catch-all CIDR in negation creates logical contradiction (matches no traffic)";
        yield { at: under(list.path, any), message: `${says}: use ipVersion to choose a family` };
      }
    }
  },
};
