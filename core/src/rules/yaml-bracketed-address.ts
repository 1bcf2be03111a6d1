import type { Rule } from "../lint/rule.ts";
import { bracketedAddress, everyField } from "../manifest/bracketed.ts";
import { likeAddress } from "../manifest/mentions.ts";
import { trapsOf } from "../manifest/traps.ts";

export const rule: Rule = {
  summary: "A plain [address] is a list for YAML",
  why: `Brackets open a list in YAML: \`[fd12::1]\` is a list of one string, \`[fd12::1]:80\` no YAML at all. Put it in quotes,
or leave the brackets out where a bare address is wanted.`,
  source: "https://yaml.org/spec/1.2.2/#74-flow-collection-styles",
  severity: "error",
  codes: ["YAML002"],
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
        - --listen
        - [fd12:3456:789a::1]:8080
`,
    good: `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  containers:
    - name: web
      args:
        - --listen
        - "[fd12:3456:789a::1]:8080"
`,
  },

  *check(resource) {
    if (!trapsOf(resource).bracketed) return;
    for (const field of everyField(resource.root)) {
      const text = bracketedAddress(field);
      if (text === undefined) continue;
      const { start } = field.node;
      const end = start + text.length;
      // Outside of commands and values a bare address is wanted: the brackets would be wrong in quotes too.
      const keeps = /\b(?:args|command|value)(?:\[\d+\])?$/.test(field.path);
      const meant = keeps ? text : bracketless(text);
      yield {
        at: { path: field.path, start: resource.outer(start), end: resource.outer(end) },
        message: `cannot unmarshal array into string: YAML takes the brackets for a list; write ${JSON.stringify(meant)}`,
        fix: {
          kind: "spelling",
          title: `Write ${JSON.stringify(meant)}`,
          edits: [resource.edit(start, end, JSON.stringify(meant))],
        },
      };
    }
  },
};

/** Brackets with a port behind them stay. */
function bracketless(text: string): string {
  return text.replace(/^\[(.*)\]$/, "$1");
}
