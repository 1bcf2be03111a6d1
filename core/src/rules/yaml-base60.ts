import { parseAddress } from "../addresses/address.ts";
import type { Rule } from "../lint/rule.ts";
import { likeAddress } from "../manifest/mentions.ts";
import { trapsOf } from "../manifest/traps.ts";

export const rule: Rule = {
  summary: "An address that YAML 1.1 reads as a number of base 60",
  why: `Tools of YAML 1.1 such as PyYAML and Ansible take \`1:20:30:40:50:10:20:30\` for an integer in base 60 and write
3756337237230 in its place. kubectl keeps the text. Put it in quotes.`,
  source: "https://yaml.org/type/int.html",
  severity: "information",
  codes: ["YAML004"],
  kinds: ["*"],
  mentions: [likeAddress],
  example: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  externalIPs:
    - 1:20:30:40:50:10:20:30
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  externalIPs:
    - "1:20:30:40:50:10:20:30"
`,
  },

  *check(resource) {
    if (!trapsOf(resource).base60) return;
    for (const field of resource.root.scalars()) {
      const { node, text } = field;
      if (text === undefined || field.quoted || !/^[1-9]\d*(?::[0-5]?\d)+$/.test(text) || !parseAddress(text)) continue;
      const quoted = JSON.stringify(text);
      yield {
        at: field,
        message: "YAML 1.1 tools read this address as a number in base 60; put it in quotes",
        fix: { kind: "spelling", title: `Write ${quoted}`, edits: [resource.edit(node.start, node.end, quoted)] },
      };
    }
  },
};
