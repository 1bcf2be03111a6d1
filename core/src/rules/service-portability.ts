import { parseAddress } from "../addresses/address.ts";
import { clusterOf } from "../facts/service-ranges.ts";
import { dualStackServices } from "../facts/services.ts";
import { isConsistent, isHeadlessSelectorless, serviceFields } from "../kinds/service.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "A Service that single-stack clusters would refuse",
  why: `\`RequireDualStack\`, and both families by name, are accepted by dual-stack clusters only; "Prefer" does not soften a
list of names. A manifest for all clusters says \`ipFamilyPolicy: PreferDualStack\` and nothing more. Said only where
nobody knows the cluster, and of one or two Services: who writes it of more has such a cluster.`,
  source: "https://kubernetes.io/docs/concepts/services-networking/dual-stack/#services",
  severity: "information",
  codes: ["SVC028", "SVC044"],
  kinds: ["Service"],
  groups: [""],
  mentions: [/DualStack/],
  example: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ipFamilyPolicy: RequireDualStack
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ipFamilyPolicy: PreferDualStack
`,
  },

  *check(service, world) {
    const fields = serviceFields(service);
    const { policy, families, type } = fields;
    if (clusterOf(world) !== "unknown" || type === "ExternalName" || !isConsistent(fields)) return;
    if (isHeadlessSelectorless(fields) || world.all(dualStackServices).length > 2) return;
    // It came out of a cluster, which wrote the families itself.
    if (parseAddress(service.get("spec", "clusterIP")?.text ?? "")) return;
    if (policy?.text === "RequireDualStack")
      yield {
        at: policy,
        message: "RequireDualStack is refused by single-stack clusters; PreferDualStack fits both",
        codes: ["SVC028"],
        fix: { kind: "decision", title: "Use PreferDualStack", edits: [policy.replace("PreferDualStack")] },
      };
    if (policy?.text === "PreferDualStack" && families.length === 2)
      yield {
        at: families[1],
        message: "a family that is named has to be there: single-stack clusters refuse this in spite of Prefer",
        codes: ["SVC044"],
      };
  },
};
