import { familyOf } from "../addresses/address.ts";
import { lacks } from "../facts/service-ranges.ts";
import type { Report, Rule } from "../lint/rule.ts";
import type { Field } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "A list of clients in a proxy or mesh names one family, and shuts out or lets in all of the other",
  why: `Istio's \`ipBlocks\` and Traefik's \`sourceRange\` hold of the client's address, whatever its family: who comes over IPv6 is in no IPv4
range. An allow list of IPv4 ranges refuses every IPv6 client, and so does a DENY with a \`not\` list; an ALLOW with a \`not\` list lets all
of them in. Name the ranges of both families.`,
  source: "https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source",
  severity: "warning",
  kinds: ["AuthorizationPolicy", "Middleware", "MiddlewareTCP"],
  groups: ["security.istio.io", "traefik.io", "traefik.containo.us"],
  mentions: [/ipBlocks|sourceRange/i],
  example: {
    bad: policy("10.0.0.0/8"),
    good: policy('10.0.0.0/8, "fd12:3456:789a::/48"'),
  },

  *check(resource, world) {
    if (lacks(world, "IPv6")) return;
    for (const { list, effect } of listsOf(resource)) yield* judge(list, effect);
  },
};

interface ClientList {
  readonly list: Field | undefined;
  /** What becomes of clients that are in no range of it. */
  readonly effect: string;
}

function listsOf(resource: Resource): readonly ClientList[] {
  if (resource.kind !== "AuthorizationPolicy")
    return ["ipAllowList", "ipWhiteList"].map((key) => ({
      list: resource.get("spec", key, "sourceRange"),
      effect: "is refused",
    }));
  const deny = resource.get("spec", "action")?.text === "DENY";
  const allow = (resource.get("spec", "action")?.text ?? "ALLOW") === "ALLOW";
  return (resource.get("spec", "rules")?.items() ?? [])
    .flatMap((rule) => rule.get("from")?.items() ?? [])
    .flatMap((from): readonly ClientList[] => {
      const lists = (...keys: readonly string[]) => keys.map((key) => from.get("source", key));
      const [not, plain] = [lists("notIpBlocks", "notRemoteIpBlocks"), lists("ipBlocks", "remoteIpBlocks")];
      if (deny) return not.map((list) => ({ list, effect: "is denied" }));
      if (!allow) return [];
      return [
        ...plain.map((list) => ({ list, effect: "is refused" })),
        ...not.map((list) => ({ list, effect: "is let in" })),
      ];
    });
}

/** Who lists IPv6 ranges knows that there are two families. */
function* judge(list: Field | undefined, effect: string): Iterable<Report> {
  const items = list?.items() ?? [];
  if (items.length > 0 && items.every(({ text }) => familyOf(text ?? "") === "IPv4"))
    yield { at: items[0], message: `only IPv4 ranges: every IPv6 client ${effect}; add their IPv6 ranges` };
}

function policy(ranges: string): string {
  return `apiVersion: security.istio.io/v1
kind: AuthorizationPolicy
metadata:
  name: office-only
spec:
  action: DENY
  rules:
    - from:
        - source:
            notRemoteIpBlocks: [${ranges}]
`;
}
