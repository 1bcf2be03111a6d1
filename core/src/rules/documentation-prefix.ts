import { knownRange } from "../addresses/known-ranges.ts";
import type { Rule } from "../lint/rule.ts";
import { everyLiteral, isNamedRightly, type Literal, mistaken } from "../literals/literal.ts";
import { likeAddress } from "../manifest/mentions.ts";

export const rule: Rule = {
  summary: "An address from a prefix that is for documentation only",
  why: `2001:db8::/32, 3fff::/20, 192.0.2.0/24, 198.51.100.0/24 and 203.0.113.0/24 stand in examples. Nobody routes them and
many borders drop them, so what was copied from an example has to be replaced: for a network of your own, by a ULA \`/48\`
made of 40 random bits (RFC 4193).`,
  source: "https://www.rfc-editor.org/rfc/rfc3849",
  severity: "warning",
  codes: ["IP013"],
  kinds: ["*"],
  mentions: [likeAddress],
  example: {
    bad: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: LoadBalancer
  loadBalancerSourceRanges: ["2001:db8:1::/48"]
`,
    good: `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: LoadBalancer
  loadBalancerSourceRanges: ["fd5e:81f0:9a3c::/48"]
`,
  },

  *check(resource) {
    // What is named like an example (RFC 2606) is one.
    if (/\.example(?:\.(?:com|net|org))?$/.test(resource.name ?? "")) return;
    const misused = (literal: Literal) => isDocumentation(literal) && !isNamedRightly(literal, resource);
    const found = mistaken(everyLiteral(resource), misused);
    // A plan on paper is copied whole: it is said once, of the plan.
    const plan = found.filter(({ path }) => path.range === "plan");
    for (const { at, text } of [...found.filter((literal) => !plan.includes(literal)), ...plan.slice(0, 1)]) {
      const path = plan.some((literal) => literal.at === at) ? "addressing" : at.path;
      yield {
        at: { path, start: at.start, end: at.end },
        message: `${text} is a documentation prefix that nobody routes; use a prefix of your own`,
      };
    }
  },
};

function isDocumentation({ address, prefix }: Literal): boolean {
  const read = prefix ?? address;
  return read !== undefined && knownRange(read)?.name === "documentation";
}
