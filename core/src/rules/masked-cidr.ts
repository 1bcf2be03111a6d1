import { hasHostBits } from "../addresses/address.ts";
import { readingsOf } from "../addresses/prefix-readings.ts";
import type { Rule } from "../lint/rule.ts";
import { literals } from "../literals/literal.ts";
import { likeAddress } from "../manifest/mentions.ts";

export const rule: Rule = {
  summary: "A CIDR with host bits where its controller takes none",
  why: `Most readers cut bits beyond the prefix length silently. Calico's validators and the host-local plugin refuse them, so
the pool, the rule or the range never comes to be.`,
  source: "https://github.com/projectcalico/calico/blob/master/api/pkg/apis/projectcalico/v3/ippool.go",
  severity: "error",
  codes: ["CAL003", "CAL014", "CNI002"],
  kinds: ["*"],
  mentions: [likeAddress],
  example: {
    bad: `apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: pods
spec:
  cidr: fd12:3456:789a::1/56
  natOutgoing: true
`,
    good: `apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: pods
spec:
  cidr: fd12:3456:789a::/56
  natOutgoing: true
`,
  },

  *check(resource) {
    for (const { path, prefix, at, replace } of literals(resource)) {
      if (!path.masked || !prefix || !hasHostBits(prefix)) continue;
      const { network, longer } = readingsOf(prefix);
      const readings = network === undefined ? longer : [network];
      yield {
        at,
        message: `${path.masked.says}: ${network === undefined ? "the length is wrong, " : ""}write ${readings[0]}`,
        codes: path.masked.code === undefined ? [] : [path.masked.code],
        fix: readings.map((text) => ({ kind: "decision", title: `Write ${text}`, edits: [replace(text)] })),
      };
    }
  },
};
