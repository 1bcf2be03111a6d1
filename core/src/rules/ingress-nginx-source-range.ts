import { familyOf } from "../addresses/address.ts";
import { lacks } from "../facts/service-ranges.ts";
import type { Rule } from "../lint/rule.ts";

/** HAProxy's two controllers have the same list under names of their own. */
const lists = [
  ...["nginx.ingress.kubernetes.io", "haproxy-ingress.github.io"].flatMap((group) =>
    ["whitelist", "allowlist"].map((name) => `${group}/${name}-source-range`),
  ),
  "haproxy.org/allow-list",
  "haproxy.org/whitelist",
];

export const rule: Rule = {
  summary: "The allow list of an Ingress names IPv4 ranges only",
  why: `Whoever is not in the list gets a 403. With IPv4 ranges alone that is every IPv6 client, including the same people
once their network or the load balancer in front serves IPv6.`,
  source:
    "https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#whitelist-source-range",
  severity: "warning",
  codes: ["ING003"],
  kinds: ["Ingress"],
  mentions: [/source-range|haproxy\.org/],
  example: {
    bad: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
  annotations:
    nginx.ingress.kubernetes.io/whitelist-source-range: "10.0.0.0/8"
spec: {}
`,
    good: `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
  annotations:
    nginx.ingress.kubernetes.io/whitelist-source-range: "10.0.0.0/8,fd12:3456:789a::/48"
spec: {}
`,
  },

  *check(ingress, world) {
    if (lacks(world, "IPv6")) return;
    for (const annotation of lists) {
      const list = ingress.get("metadata", "annotations", annotation);
      const families = list?.text?.split(",").map((entry) => familyOf(entry.trim())) ?? [];
      if (families.length === 0 || families.some((family) => family !== "IPv4")) continue;
      yield { at: list, message: "only IPv4 ranges: every IPv6 client gets 403; add their IPv6 ranges" };
    }
  },
};
