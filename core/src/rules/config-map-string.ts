import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "A ConfigMap value that is a boolean or a number: the API server takes text only",
  why: `\`enable-ipv6: true\` is a boolean to YAML, and \`data\` of a ConfigMap holds texts. Quote it. \`yes\`, \`no\`, \`on\` and
\`off\` are booleans as well: kubectl reads YAML 1.1. Kustomize does not, so that nothing is said of them where there is a kustomization.`,
  source: "https://kubernetes.io/docs/concepts/configuration/configmap/",
  severity: "error",
  codes: ["CIL010"],
  kinds: ["ConfigMap"],
  groups: [""],
  mentions: [
    /(?<![\s"']):[ \t]+(?:true|false|yes|no|on|off|y|n|[-+]?(?:0x[\da-f]+|0o[0-7]+|(?:\d+(?:\.\d*)?|\.\d+)(?:e[-+]?\d+)?))[ \t]*(?:$|[,}#\r])/,
  ],
  example: {
    bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: cilium-config
data:
  enable-ipv6: true
`,
    good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: cilium-config
data:
  enable-ipv6: "true"
`,
  },

  *check(map, world) {
    for (const [, field] of map.get("data")?.entries() ?? []) {
      const { text, node } = field;
      if (text === undefined || field.quoted) continue;
      const number = field.type === "number";
      // Kustomize reads YAML 1.2, to which the others are texts, and writes them in quotes.
      if (!number && !(world.completed ? /^(?:true|false)$/i : /^(?:true|false|yes|no|on|off|y|n)$/i).test(text))
        continue;
      const says = `json: cannot unmarshal ${number ? "number" : "bool"} into Go struct field ConfigMap.data of type string`;
      yield {
        at: field,
        message: `${says}: quote it`,
        fix: { kind: "spelling", title: "Quote it", edits: [map.edit(node.start, node.end, JSON.stringify(text))] },
      };
    }
  },
};
