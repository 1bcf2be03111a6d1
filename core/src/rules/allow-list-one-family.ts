import { familyOf } from "../addresses/address.ts";
import { lacks } from "../facts/service-ranges.ts";
import type { Report, Rule } from "../lint/rule.ts";
import type { Field } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "A list of clients in a proxy or mesh names one family, and shuts out or lets in all of the other",
  why: `Istio's \`ipBlocks\`, Traefik's \`sourceRange\`, Contour's \`ipAllowPolicy\` and Envoy Gateway's \`clientCIDRs\` hold of the client's address, whatever its family: who comes over IPv6 is in no IPv4
range. An allow list of IPv4 ranges refuses every IPv6 client, and so does a DENY with a \`not\` list; an ALLOW with a \`not\` list lets all
of them in. Name the ranges of both families.`,
  source: "https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source",
  severity: "warning",
  kinds: ["AuthorizationPolicy", "Middleware", "MiddlewareTCP", "HTTPProxy", "SecurityPolicy"],
  groups: ["security.istio.io", "traefik.io", "traefik.containo.us", "projectcontour.io", "gateway.envoyproxy.io"],
  mentions: [/ipBlocks|sourceRange|ipAllowPolicy|clientCIDRs/i],
  example: {
    bad: policy("10.0.0.0/8"),
    good: policy('10.0.0.0/8, "fd12:3456:789a::/48"'),
  },

  *check(resource, world) {
    if (lacks(world, "IPv6")) return;
    for (const { items, effect } of listsOf(resource)) yield* judge(items, effect);
  },
};

interface ClientList {
  readonly items: readonly Field[] | undefined;
  /** What becomes of clients that are in no range of it. */
  readonly effect: string;
}

function listsOf(resource: Resource): readonly ClientList[] {
  if (resource.kind === "HTTPProxy") return contour(resource);
  if (resource.kind === "SecurityPolicy") return envoy(resource);
  if (resource.kind !== "AuthorizationPolicy")
    return ["ipAllowList", "ipWhiteList"].map((key) => ({
      items: resource.get("spec", key, "sourceRange")?.items(),
      effect: "is refused",
    }));
  const deny = resource.get("spec", "action")?.text === "DENY";
  const allow = (resource.get("spec", "action")?.text ?? "ALLOW") === "ALLOW";
  return (resource.get("spec", "rules")?.items() ?? [])
    .flatMap((rule) => rule.get("from")?.items() ?? [])
    .flatMap((from): readonly ClientList[] => {
      const lists = (...keys: readonly string[]) => keys.map((key) => from.get("source", key)?.items());
      const plain = lists("ipBlocks", "remoteIpBlocks");
      // Both have to hold: who is in no range of the one does not get as far as the other.
      const not = plain.some((items) => items?.length) ? [] : lists("notIpBlocks", "notRemoteIpBlocks");
      if (deny) return not.map((items) => ({ items, effect: "is denied" }));
      if (!allow) return [];
      return [
        ...plain.map((items) => ({ items, effect: "is refused" })),
        ...not.map((items) => ({ items, effect: "is let in" })),
      ];
    });
}

/** {@link https://projectcontour.io/docs/main/config/ip-filtering/} */
function contour(proxy: Resource): readonly ClientList[] {
  return [proxy.get("spec", "virtualhost"), ...(proxy.get("spec", "routes")?.items() ?? [])].map((at) => ({
    items: at
      ?.get("ipAllowPolicy")
      ?.items()
      .flatMap((one) => one.get("cidr") ?? []),
    effect: "is refused",
  }));
}

/** {@link https://gateway.envoyproxy.io/docs/tasks/security/restrict-ip-access/} The rules are one list: the first that fits decides. */
function envoy(policy: Resource): readonly ClientList[] {
  const authorization = policy.get("spec", "authorization");
  const rules = authorization?.get("rules")?.items() ?? [];
  const isShut = authorization?.get("defaultAction")?.text !== "Allow";
  const lists = rules
    .filter((rule) => rule.get("action")?.text === "Allow")
    .map((rule) => rule.get("principal", "clientCIDRs")?.items() ?? []);
  if (!isShut || lists.some((list) => list.length === 0)) return [];
  return [{ items: lists.flat(), effect: "is refused" }];
}

/** Who lists IPv6 ranges knows that there are two families. */
function* judge(items: readonly Field[] = [], effect: string): Iterable<Report> {
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
