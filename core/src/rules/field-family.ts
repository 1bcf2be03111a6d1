import type { Rule } from "../lint/rule.ts";
import { literals } from "../literals/literal.ts";
import { likeAddress } from "../manifest/mentions.ts";

export const rule: Rule = {
  summary: "An address of the other family in a field that is for one family",
  why: `Where IPv4 and IPv6 have a field each (\`exportV4\` and \`exportV6\`, \`ipv6-native-routing-cidr\`, \`IPv6Network\`), the
program that reads it refuses the other family. Move the value to the field of its own family.`,
  source: "https://github.com/projectcalico/calico/blob/master/libcalico-go/lib/validator/v3/validator.go",
  severity: "error",
  codes: ["CAL018", "CAL020", "CIL003", "FLN003", "TIG006"],
  kinds: ["*"],
  mentions: [likeAddress],
  example: {
    bad: `apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: edge
spec:
  exportV6:
    - action: Accept
      matchOperator: In
      cidr: 10.0.0.0/8
`,
    good: `apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: edge
spec:
  exportV4:
    - action: Accept
      matchOperator: In
      cidr: 10.0.0.0/8
`,
  },

  *check(resource) {
    for (const { path, family, text, at } of literals(resource)) {
      if (!path.family || !path.otherFamily || !family || family === path.family) continue;
      yield {
        at,
        message: `${path.otherFamily.says}: ${text} is ${family}`,
        codes: path.otherFamily.code === undefined ? [] : [path.otherFamily.code],
      };
    }
  },
};
