import { familyInGo } from "../addresses/address.ts";
import type { Rule } from "../lint/rule.ts";
import { isPlaceholder } from "../literals/placeholder.ts";

export const rule: Rule = {
  summary: "clusterIPs repeats clusterIP first and adds at most one address of the other family",
  why: `\`clusterIP\` is the old field and \`clusterIPs[0]\` the same value. The list holds one address per family, or \`None\` and
nothing else.`,
  source: "https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/#ServiceSpec",
  severity: "error",
  codes: ["SVC007", "SVC008", "SVC009", "SVC010", "SVC012"],
  kinds: ["Service"],
  groups: [""],
  mentions: [/clusterIPs/],
  example: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ipFamilyPolicy: PreferDualStack
  clusterIPs: [10.96.0.10, "fd00:10:96::10"]
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ipFamilyPolicy: PreferDualStack
  clusterIP: 10.96.0.10
  clusterIPs: [10.96.0.10, "fd00:10:96::10"]
`,
  },

  *check(service) {
    const list = service.get("spec", "clusterIPs");
    const items = list?.items() ?? [];
    const texts = items.map(({ text }) => text);
    const [first] = texts;
    // The API server reports the list; what is underlined is the value to change.
    const at = (index: number) =>
      list && { path: list.path, start: items[index]?.start ?? 0, end: items[index]?.end ?? 0 };
    if (!list || first === undefined || texts.includes(undefined)) return;
    // An ExternalName Service may have none at all, which is all that is said of it.
    if (service.get("spec", "type")?.text === "ExternalName") return;
    const single = service.get("spec", "clusterIP");
    if (service.lacks("spec", "clusterIP") || single?.text === "")
      yield {
        at: at(0),
        message: "must be empty when `clusterIP` is not specified; set clusterIP to the first of them",
        codes: ["SVC007"],
        fix: {
          kind: "decision",
          title: `Set clusterIP: ${first}`,
          edits: [single ? single.replace(first) : list.insertBefore(`clusterIP: ${first}`)],
        },
      };
    else if (single?.text !== undefined && single.text !== first && ![first, single.text].some(isPlaceholder))
      yield {
        at: at(0),
        message: "first value must match `clusterIP`",
        codes: ["SVC008"],
        fix: { kind: "decision", title: `Set clusterIP: ${first}`, edits: [single.replace(first)] },
      };
    if (first === "None" && texts.length > 1)
      yield { at: at(0), message: "'None' must be the first and only value", codes: ["SVC012"] };
    for (const item of items.slice(1))
      if (item.text === "None")
        yield { at: item, message: "must be a valid IP address: None stands alone or not at all", codes: ["SVC012"] };
    if (texts.length > 2) yield { at: at(2), message: "may only hold up to 2 values", codes: ["SVC009"] };
    if (texts.includes("None")) return;
    const [family, ...others] = texts.map((text) => familyInGo(text ?? ""));
    if (family && others.length > 0 && others.every((other) => other === family))
      yield { at: at(1), message: "may specify no more than one IP for each IP family", codes: ["SVC010"] };
  },
};
