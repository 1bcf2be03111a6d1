import { otherFamily } from "../addresses/address.ts";
import { asFamily, serviceFields } from "../kinds/service.ts";
import type { Fix, Report, Rule } from "../lint/rule.ts";
import { isPlaceholder } from "../literals/placeholder.ts";
import type { Field } from "../manifest/field.ts";

export const rule: Rule = {
  summary: "ipFamilies takes IPv4 and IPv6, each once, spelled exactly so",
  why: "The API server compares the words as they are: `ipv6`, `6` and `IPV6` are refused, and so is a family named twice.",
  source: "https://kubernetes.io/docs/concepts/services-networking/dual-stack/",
  severity: "error",
  codes: ["SVC001", "SVC002"],
  kinds: ["Service"],
  groups: [""],
  mentions: [/ipFamilies/],
  example: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ipFamilies: [ipv6]
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
    const seen = new Set<string>();
    const { families } = serviceFields(service);
    const list = service.get("spec", "ipFamilies");
    if (list?.type === "string") yield noList(list);
    for (const field of families) {
      const { text } = field;
      if (text === undefined || isPlaceholder(text)) continue;
      if (asFamily(text) === undefined) yield misspelled(field, text);
      if (seen.has(text)) yield duplicate(field, text, families.length);
      seen.add(text);
    }
  },
};

function noList(field: Field): Report {
  const { node, resource, text = "" } = field;
  const edits = [resource.edit(node.start, node.end, `[${text}]`)];
  const fix: Report["fix"] = asFamily(text) && { kind: "spelling", title: `Write [${text}]`, edits };
  return {
    at: field,
    message: `cannot unmarshal string into Go struct field ServiceSpec.spec.ipFamilies of type []v1.IPFamily: it is a list${fix ? `, [${text}]` : ""}`,
    codes: ["SVC001"],
    fix,
  };
}

function misspelled(field: Field, text: string): Report {
  const digit = /^(?:ip)?v?([46])$/i.exec(text.trim())?.[1];
  const meant = digit && `IPv${digit}`;
  return {
    at: field,
    message: `Unsupported value: "${text}": supported values: "IPv4", "IPv6"`,
    codes: ["SVC001"],
    fix: meant ? { kind: "spelling", title: `Write ${meant}`, edits: [field.replace(meant)] } : undefined,
  };
}

function duplicate(field: Field, text: string, count: number): Report {
  const family = asFamily(text);
  const other = family && otherFamily(family);
  const fixes: Fix[] = [{ kind: "decision", title: `Remove the second ${text}`, edits: [field.remove()] }];
  if (count === 2 && other) fixes.push({ kind: "decision", title: `Write ${other}`, edits: [field.replace(other)] });
  return { at: field, message: `Duplicate value: "${text}"; name each family once`, codes: ["SVC002"], fix: fixes };
}
