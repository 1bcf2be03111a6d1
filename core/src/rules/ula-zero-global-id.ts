import { contains, type Prefix, parsePrefix } from "../addresses/address.ts";
import type { Rule } from "../lint/rule.ts";
import { literals } from "../literals/literal.ts";
import { likeAddress } from "../manifest/mentions.ts";

export const rule: Rule = {
  summary: "A ULA prefix whose global ID was not drawn at random",
  why: `The 40 bits behind \`fd\` are to be random, so that two networks that merge one day do not collide (RFC 4193). Ranges
that begin with \`fd00:\` are the ones everybody picks by hand. It matters only where clusters or sites are joined.`,
  source: "https://www.rfc-editor.org/rfc/rfc4193#section-3.2.1",
  severity: "information",
  codes: ["IP020"],
  kinds: ["*"],
  mentions: [likeAddress],
  example: {
    bad: `apiVersion: networking.k8s.io/v1
kind: ServiceCIDR
metadata:
  name: second
spec:
  cidrs: ["fd00:10:97::/112"]
`,
    good: `apiVersion: networking.k8s.io/v1
kind: ServiceCIDR
metadata:
  name: second
spec:
  cidrs: ["fd5e:81f0:9a3c::/112"]
`,
  },

  *check(resource) {
    for (const { path, prefix, text, at } of literals(resource)) {
      if (path.range === undefined || !prefix || !contains(byHand, prefix)) continue;
      yield { at, message: `the global ID of ${text} is not random; draw 40 random bits before joining networks` };
    }
  },
};

const byHand = parsePrefix("fd00::/16") as Prefix;
