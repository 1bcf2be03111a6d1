import { policies } from "../kinds/service.ts";
import type { Rule } from "../lint/rule.ts";
import { isPlaceholder } from "../literals/placeholder.ts";

export const rule: Rule = {
  summary: "ipFamilyPolicy is SingleStack, PreferDualStack or RequireDualStack",
  why: "The API server compares the word as it is; `DualStack` is none, and neither is `preferDualStack`.",
  source: "https://kubernetes.io/docs/concepts/services-networking/dual-stack/#services",
  severity: "error",
  codes: ["SVC004"],
  kinds: ["Service"],
  groups: [""],
  mentions: [/ipFamilyPolicy/],
  example: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ipFamilyPolicy: preferDualStack
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ipFamilyPolicy: PreferDualStack
`,
  },

  *check(service) {
    const policy = service.get("spec", "ipFamilyPolicy");
    const { text } = policy ?? {};
    if (!policy || text === undefined || isPlaceholder(text) || policies.some((known) => known === text)) return;
    const meant = nearest(text);
    yield {
      at: policy,
      message: `Unsupported value: "${text}": supported values: "PreferDualStack", "RequireDualStack", "SingleStack"`,
      fix: meant === undefined ? undefined : { title: `Write ${meant}`, edits: [policy.replace(meant)] },
    };
  },
};

function nearest(text: string): string | undefined {
  const letters = text.toLowerCase().replace(/[^a-z]/g, "");
  if (/^prefer/.test(letters) || letters === "dualstack" || letters === "dual") return "PreferDualStack";
  if (/^require/.test(letters)) return "RequireDualStack";
  return /^single/.test(letters) ? "SingleStack" : undefined;
}
