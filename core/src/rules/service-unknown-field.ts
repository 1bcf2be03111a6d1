import { editDistance } from "../kinds/edit-distance.ts";
import { serviceSpecFields } from "../kinds/service.ts";
import type { Fix, Rule } from "../lint/rule.ts";
import type { Field } from "../manifest/field.ts";

export const rule: Rule = {
  summary: "A misspelled field of a Service that is about families or addresses",
  why: `Unknown fields are refused by strict decoding and dropped without it, so that the Service quietly becomes
single-stack. \`ipFamily\` was the name up to 1.19; today it is the list \`ipFamilies\`.`,
  source: "https://kubernetes.io/docs/reference/kubernetes-api/service-resources/service-v1/#ServiceSpec",
  severity: "error",
  codes: ["SVC042"],
  kinds: ["Service"],
  groups: [""],
  example: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ipFamily: IPv6
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ipFamilies: [IPv6]
`,
  },

  *check(service) {
    for (const [key, field] of service.get("spec")?.entries() ?? []) {
      const meant = serviceSpecFields.has(key) ? undefined : meantBy(key);
      if (!meant) continue;
      yield {
        at: { ...field.key, path: field.path },
        message: `unknown field "spec.${key}"; it is ${meant}`,
        fix: service.get("spec", meant) ? undefined : renamed(field, meant),
      };
    }
  },
};

const names = [
  "ipFamilies",
  "ipFamilyPolicy",
  "clusterIP",
  "clusterIPs",
  "externalIPs",
  "externalName",
  "loadBalancerIP",
  "loadBalancerSourceRanges",
];

/** By its stem, by two letters at most that are wrong, or since it speaks of families. */
function meantBy(key: string): string | undefined {
  const known = byStem.get(stem(key));
  if (known) return known;
  const letters = key.toLowerCase();
  const close = names.find(
    (name) => Math.abs(name.length - key.length) <= 2 && editDistance(name.toLowerCase(), letters) <= 2,
  );
  if (close || !letters.includes("amil")) return close;
  return letters.includes("polic") ? "ipFamilyPolicy" : "ipFamilies";
}

/** Without case, marks and plural, so that `ipFamily` and `ip_families` are found to be one; exact names go first. */
function stem(name: string): string {
  const letters = name.toLowerCase().replace(/[^a-z]/g, "");
  return /^(?:clusterip)s?$/.test(letters) ? letters : letters.replace(/ies$/, "y").replace(/s$/, "");
}

const byStem = new Map(names.toReversed().map((name) => [stem(name), name]));

function renamed(field: Field, meant: string): Fix {
  const isList = /s$/.test(meant);
  const value =
    field.text !== undefined && isList
      ? field.resource.edit(field.node.start, field.node.end, `[${quoted(field)}]`)
      : undefined;
  const edits = field.text !== undefined && isList ? [field.rename(meant), value] : [field.rename(meant)];
  return { kind: "spelling", title: `Rename to ${meant}`, edits };
}

function quoted({ text = "" }: Field): string {
  return text.includes(":") ? JSON.stringify(text) : text;
}
