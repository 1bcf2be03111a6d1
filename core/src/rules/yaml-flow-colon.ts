import type { Rule } from "../lint/rule.ts";
import { bracketedAddress } from "../manifest/bracketed.ts";
import { likeAddress } from "../manifest/mentions.ts";
import { trapsOf } from "../manifest/traps.ts";

export const rule: Rule = {
  summary: "A plain value that starts with a colon inside {} or []",
  why: `In a flow collection the parser of kubectl and the API server takes every ":" at the start of a value for the colon
behind a key: \`{cidr: ::/0}\` is an error, while \`cidr: ::/0\` on a line of its own is fine. Put the value in quotes.`,
  source: "https://yaml.org/spec/1.2.2/#733-plain-style",
  severity: "error",
  codes: ["YAML003"],
  kinds: ["*"],
  mentions: [likeAddress],
  example: {
    bad: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector: {}
  ingress:
    - from:
        - ipBlock: {cidr: ::/0}
`,
    good: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector: {}
  ingress:
    - from:
        - ipBlock: {cidr: "::/0"}
`,
  },

  *check(resource) {
    if (!trapsOf(resource).leadingColon) return;
    for (const field of resource.root.scalars()) {
      const { node, parent } = field;
      if (node.kind !== "scalar" || node.style !== "plain" || !node.text.startsWith(":")) continue;
      if (!parent || parent.node.kind === "scalar" || !parent.node.flow) continue;
      // In brackets alone it is the brackets that are wrong.
      if (bracketedAddress(parent) !== undefined) continue;
      const quoted = JSON.stringify(node.text);
      yield {
        at: field,
        message: `did not find expected node content: inside {} or [] this needs quotes, ${quoted}`,
        fix: { kind: "spelling", title: `Write ${quoted}`, edits: [resource.edit(node.start, node.end, quoted)] },
      };
    }
  },
};
