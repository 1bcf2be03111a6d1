import { serviceFields } from "../kinds/service.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "A headless Service without selector gets both families, on every cluster",
  why: `Without selector and without policy a headless Service becomes RequireDualStack with both families, even on a
single-stack cluster: its endpoints are somebody else's, so the API server cannot know. Say the policy if one family is
meant.`,
  source: "https://kubernetes.io/docs/concepts/services-networking/dual-stack/#headless-services-without-selector",
  severity: "information",
  codes: ["SVC030"],
  kinds: ["Service"],
  groups: [""],
  mentions: [/None/],
  example: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: ledger
spec:
  clusterIP: None
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: ledger
spec:
  clusterIP: None
  ipFamilyPolicy: SingleStack
`,
  },

  *check(service) {
    const { headless, selector, type } = serviceFields(service);
    if (!headless || selector !== false || type === "ExternalName" || !service.lacks("spec", "ipFamilyPolicy")) return;
    yield {
      at: service.get("spec", "clusterIP"),
      message: "without selector this gets both families on every cluster (RequireDualStack)",
    };
  },
};
