import { keyOf } from "../kinds/setting-fields.ts";
import type { Report, Rule } from "../lint/rule.ts";
import { isOperators } from "../manifest/chart-values.ts";
import type { Field } from "../manifest/field.ts";

export const rule: Rule = {
  summary: "A chart's values or an operator's object spell a family or a family policy as no API server does",
  why: `Charts and operators put \`ipFamilies\` and \`ipFamilyPolicy\` into their Services as they are, wherever in values or objects they stand: the API server
takes \`IPv4\` and \`IPv6\`, and \`SingleStack\`, \`PreferDualStack\` and \`RequireDualStack\`, exactly so.`,
  source: "https://kubernetes.io/docs/concepts/services-networking/dual-stack/",
  severity: "error",
  kinds: ["*"],
  mentions: [/ipFamil/i],
  example: {
    bad: `pilot:
  ipFamilyPolicy: SingleStack
  ipFamilies: [ipv4]
`,
    good: `pilot:
  ipFamilyPolicy: SingleStack
  ipFamilies: [IPv4]
`,
  },

  *check(values) {
    if (values.kind !== "HelmValues" && !isOperators(values)) return;
    for (const field of values.root.scalars()) {
      if (!/IPFamil(?:ies|yPolicy)$/i.test(keyOf(field))) continue;
      const [key = "", above = ""] = field.steps.filter((step) => typeof step === "string").reverse();
      // Below a key that is called after a Service they are judged as that Service's.
      if (
        /service|svc/i.test(
          field.steps
            .slice(0, -1)
            .filter((step) => typeof step === "string" && step !== key)
            .slice(-2)
            .join(),
        )
      )
        continue;
      if (/^(?:service)?IPFamilies$/i.test(key) && isOfService(field.parent)) yield* family(field);
      else if (/^(?:service)?IPFamilyPolicy$/i.test(key) && above !== "properties") yield* policy(field);
    }
  },
};

/** A list of that name may be somebody's test matrix: what is a chart's for sure, stands at the top, or has a policy beside it is a Service's. */
function isOfService(list: Field | undefined): boolean {
  if (list?.type !== "seq") return false;
  const { holder, kind } = list.resource;
  const beside = list.parent?.entries().some(([key]) => /IPFamilyPolicy$/i.test(key)) ?? false;
  return kind !== "HelmValues" || holder !== list.resource || list.steps.length === 1 || beside;
}

function* family(field: Field): Iterable<Report> {
  const digit = /^(?:ip)?v?([46])$/i.exec(field.text ?? "")?.[1];
  if (digit && field.text !== `IPv${digit}`) yield misspelled(field, `IPv${digit}`, '"IPv4", "IPv6"');
}

const policies = ["SingleStack", "PreferDualStack", "RequireDualStack"];

function* policy(field: Field): Iterable<Report> {
  const text = field.text ?? "";
  if (policies.includes(text) || !/stack$/i.test(text)) return;
  const meant = policies.find((word) => word.toLowerCase() === text.toLowerCase());
  yield misspelled(field, meant, policies.map((word) => `"${word}"`).join(", "));
}

function misspelled(field: Field, meant: string | undefined, words: string): Report {
  return {
    at: field,
    message: `Unsupported value: "${field.text}": supported values: ${words}`,
    fix: meant ? { kind: "spelling", title: `Write ${meant}`, edits: [field.replace(meant)] } : undefined,
  };
}
