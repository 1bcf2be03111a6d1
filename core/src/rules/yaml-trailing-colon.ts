import type { Rule } from "../lint/rule.ts";
import { everyField } from "../manifest/bracketed.ts";
import type { Edit } from "../manifest/edit.ts";
import type { Field } from "../manifest/field.ts";
import { likeAddress } from "../manifest/mentions.ts";
import { isUnquotedKey, trapsOf } from "../manifest/traps.ts";

export const rule: Rule = {
  summary: "A plain value that ends in a colon is a mapping for YAML",
  why: `\`fd00::\` and \`--bind=::\` end in ":", which YAML reads as a key without value: the API server gets an object where it
wants a string. Put the value in quotes.`,
  source: "https://yaml.org/spec/1.2.2/#733-plain-style",
  severity: "error",
  codes: ["YAML001"],
  kinds: ["*"],
  mentions: [likeAddress],
  example: {
    bad: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      args:
        - --bind=::
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      args:
        - "--bind=::"
`,
  },

  *check(resource) {
    if (!trapsOf(resource).trailingColon) return;
    for (const field of everyField(resource.root)) {
      const meant = asKey(field) ?? asScalar(field);
      if (!meant) continue;
      const { start, end, text } = meant;
      const edit: Edit | undefined = resource.edit(start, end, JSON.stringify(text));
      yield {
        at: { path: field.path, start: resource.outer(start), end: resource.outer(end) },
        message: `cannot unmarshal object into string: YAML takes ${text} for a key; put it in quotes`,
        fix: { kind: "spelling", title: `Write ${JSON.stringify(text)}`, edits: [edit] },
      };
    }
  },
};

interface Meant {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** `- fd00::` is a mapping from "fd00:" to nothing. */
function asKey({ node, resource, parent }: Field): Meant | undefined {
  if (node.kind !== "map" || node.pairs.length !== 1 || !parent) return undefined;
  const [{ key, value }] = node.pairs as [(typeof node.pairs)[number]];
  const empty = value.kind === "scalar" && value.text === "" && value.style === "plain";
  if (
    !empty ||
    key.style !== "plain" ||
    !key.text.endsWith(":") ||
    !/^:(?:\s|$)/.test(resource.source.slice(key.end, key.end + 2))
  )
    return undefined;
  return { start: key.start, end: key.end + 1, text: `${key.text}:` };
}

function asScalar(field: Field): Meant | undefined {
  const { node } = field;
  return node.kind === "scalar" && isUnquotedKey(field)
    ? { start: node.start, end: node.end, text: node.text }
    : undefined;
}
