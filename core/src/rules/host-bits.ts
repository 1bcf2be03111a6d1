import { hasHostBits, isMapped } from "../addresses/address.ts";
import { readingsOf } from "../addresses/prefix-readings.ts";
import type { Rule } from "../lint/rule.ts";
import { hadBefore, literals } from "../literals/literal.ts";
import { likeAddress } from "../manifest/mentions.ts";

export const rule: Rule = {
  summary: "A subnet with bits set beyond its prefix length",
  why: `\`fd00::7/64\` may mean the network \`fd00::/64\` or the one address \`fd00::7/128\`. Most readers take the network and
say nothing. Kubernetes refuses it from 1.36 on (StrictIPCIDRValidation) and warned before.`,
  source:
    "https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apimachinery/pkg/util/validation/ip.go",
  severity: "warning",
  codes: ["IP006"],
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
        - ipBlock:
            cidr: fd12:3456:789a::7/64
`,
    good: `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: web
spec:
  podSelector: {}
  ingress:
    - from:
        - ipBlock:
            cidr: fd12:3456:789a::/64
`,
  },

  *check(resource, world) {
    for (const literal of literals(resource)) {
      const { path, prefix, at, replace } = literal;
      // A mapped address or leading zeros are reported first: what they mean has to be settled before.
      if (!path.subnet || !prefix || !hasHostBits(prefix) || (path.strict && path.byApiServer)) continue;
      if (isMapped(prefix.address) || prefix.leadingZeros || prefix.address.leadingZeros) continue;
      const { network, longer, single } = readingsOf(prefix);
      // As a longer network only what ends where one may end, for a host's bits hardly do.
      const readings =
        network === undefined ? longer : [network, ...longer.filter((text) => !/\/112$/.test(text)), single];
      yield {
        at,
        message: `must not have bits set beyond the prefix length; ${network === undefined ? `the length is wrong, use ${inWords(longer)}` : `use ${network} or ${single}`}`,
        severity:
          path.byApiServer && world.atLeast(36) && !hadBefore(literal, world.old(resource), resource)
            ? "error"
            : "warning",
        fix: readings.map((text) => ({ kind: "decision", title: `Write ${text}`, edits: [replace(text)] })),
      };
    }
  },
};

function inWords(readings: readonly string[]): string {
  return readings.length > 2 ? `${readings[0]} ... ${readings.at(-1)}` : readings.join(" or ");
}
