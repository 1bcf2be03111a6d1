import { clusterOf } from "../facts/service-ranges.ts";
import { isHeadlessSelectorless, serviceFields } from "../kinds/service.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "A Service that does not say ipFamilyPolicy has one family",
  why: `A Service is SingleStack by default: on a dual-stack cluster it gets the primary family only, and DNS answers for that
one. \`ipFamilyPolicy: PreferDualStack\` without \`ipFamilies\` gives both where there are both, and is accepted by every
cluster.`,
  source: "https://kubernetes.io/docs/concepts/services-networking/dual-stack/#services",
  severity: "information",
  codes: ["SVC026", "SVC031"],
  kinds: ["Service"],
  groups: [""],
  example: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ipFamilyPolicy: PreferDualStack
  selector:
    app: web
`,
  },

  *check(service, world) {
    const cluster = clusterOf(world);
    if (cluster === "v4" || cluster === "v6" || !service.lacks("spec", "ipFamilyPolicy")) return;
    const fields = serviceFields(service);
    const spec = service.get("spec");
    // Whoever names families has made the choice.
    if (spec?.type !== "map" || fields.families.length > 0 || fields.clusterIPs.length > 1) return;
    if (fields.type === "ExternalName" || isHeadlessSelectorless(fields)) return;
    const first = spec.entries()[0]?.[1];
    yield {
      at: service.get("kind"),
      message: fields.headless
        ? "single-stack: DNS answers with one family only; ipFamilyPolicy: PreferDualStack gives both"
        : "single-stack by default; ipFamilyPolicy: PreferDualStack gives both families where there are both",
      codes: [fields.headless ? "SVC031" : "SVC026"],
      fix: {
        title: "Make this Service dual-stack (ipFamilyPolicy: PreferDualStack)",
        edits: [first?.insertBefore("ipFamilyPolicy: PreferDualStack")],
      },
    };
  },
};
