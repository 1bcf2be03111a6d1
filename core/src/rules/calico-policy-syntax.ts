import { calicoGroups, calicoPolicyKinds, calicoRules } from "../kinds/calico-policy.ts";
import type { Rule } from "../lint/rule.ts";
import { spellPath } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "A Calico policy in the syntax of a Kubernetes NetworkPolicy",
  why: `The kind has the same name and another schema: \`selector\` is a text such as \`app == 'web'\`, each rule has an
\`action\`, and peers stand in \`source\` and \`destination\` with \`nets\`. A \`podSelector\`, \`policyTypes\`, \`from\`, \`to\` or \`ipBlock\` is unknown
there, and what is unknown is refused or dropped.`,
  source: "https://docs.tigera.io/calico/latest/reference/resources/networkpolicy",
  severity: "error",
  codes: ["CAL010"],
  kinds: calicoPolicyKinds,
  groups: calicoGroups,
  example: {
    bad: `apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata:
  name: out
spec:
  selector: app == 'web'
  egress:
    - to:
        - ipBlock:
            cidr: "::/0"
`,
    good: `apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata:
  name: out
spec:
  selector: app == 'web'
  egress:
    - action: Allow
      destination:
        nets: ["::/0"]
`,
  },

  *check(policy) {
    const selector = policy.get("spec", "selector");
    if (selector?.type === "map")
      yield {
        at: selector.key,
        message: `spec.selector in body must be of type string: "object"; write a text such as app == 'web'`,
      };
    const pods = policy.get("spec", "podSelector");
    yield { at: pods?.key, message: "unknown field \"spec.podSelector\": write selector, a text such as app == 'web'" };
    const types = policy.get("spec", "policyTypes");
    yield {
      at: types?.key,
      message: 'unknown field "spec.policyTypes": write types',
      fix:
        types && !policy.get("spec", "types")
          ? { kind: "decision", title: "Rename to types", edits: [types.rename("types")] }
          : undefined,
    };
    for (const rule of calicoRules(policy)) {
      for (const [key, instead] of foreign) {
        const field = rule.get(key);
        if (field)
          yield { at: field.key, message: `unknown field "${spellPath(field.steps)}": write action and ${instead}` };
      }
    }
  },
};

const foreign = [
  ["to", "destination.nets"],
  ["from", "source.nets"],
  ["ports", "protocol with destination.ports"],
] as const;
