import { policies, serviceFields } from "../kinds/service.ts";
import type { Fix, Rule } from "../lint/rule.ts";
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
    const { families, clusterIPs } = serviceFields(service);
    const meant = nearest(text, families.length > 1 || clusterIPs.length > 1);
    yield {
      at: policy,
      message: `Unsupported value: "${text}": supported values: "PreferDualStack", "RequireDualStack", "SingleStack"`,
      fix: meant && { ...meant, title: `Write ${meant.word}`, edits: [policy.replace(meant.word)] },
    };
  },
};

function nearest(text: string, hasTwo: boolean): (Pick<Fix, "kind"> & { readonly word: string }) | undefined {
  const letters = text.toLowerCase().replace(/[^a-z]/g, "");
  const begun = policies.find((known) => known.slice(0, 6).toLowerCase() === letters.slice(0, 6));
  // With two families SingleStack would be refused as well: one of the two was not meant.
  if (begun) return { kind: begun === "SingleStack" && hasTwo ? "decision" : "spelling", word: begun };
  // It may as well be required.
  return letters === "dualstack" || letters === "dual" ? { kind: "decision", word: "PreferDualStack" } : undefined;
}
