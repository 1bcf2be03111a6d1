import { familyOf } from "../addresses/address.ts";
import { lacks } from "../facts/service-ranges.ts";
import { ingressNginxConfigs } from "../kinds/ingress-nginx.ts";
import type { Rule } from "../lint/rule.ts";

/** The controller's own keys, and what IPv4 ranges alone do to who comes over IPv6. */
const keys: Readonly<Record<string, string>> = {
  "whitelist-source-range": "only IPv4 ranges: every IPv6 client gets 403; add their IPv6 ranges",
  "proxy-real-ip-cidr": "only IPv4 ranges: over IPv6 the balancer is taken for the client; add its IPv6 range",
};

export const rule: Rule = {
  summary: "The controller's ConfigMap of ingress-nginx trusts or lets in IPv4 ranges only",
  why: `\`whitelist-source-range\` in the controller's ConfigMap holds for every Ingress: whoever is not in it gets a 403. Behind a proxy or a
load balancer nginx takes the client's address from the request only if the sender is in \`proxy-real-ip-cidr\`: where that holds
IPv4 alone, every client that comes over IPv6 has the balancer's address.`,
  source: "https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/configmap/",
  severity: "warning",
  codes: ["ING003"],
  kinds: ["ConfigMap", "HelmValues"],
  mentions: [/whitelist-source-range|proxy-real-ip-cidr/],
  example: {
    bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: ingress-nginx-controller
data:
  use-proxy-protocol: "true"
  proxy-real-ip-cidr: 10.0.0.0/8
`,
    good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: ingress-nginx-controller
data:
  use-proxy-protocol: "true"
  proxy-real-ip-cidr: 10.0.0.0/8,fd12:3456:789a::/48
`,
  },

  *check(resource, world) {
    if (lacks(world, "IPv6")) return;
    for (const config of ingressNginxConfigs(resource))
      for (const [key, message] of Object.entries(keys)) {
        const list = config.get(key);
        const families = list?.text?.split(",").map((entry) => familyOf(entry.trim())) ?? [];
        if (families.length > 0 && families.every((family) => family === "IPv4")) yield { at: list, message };
      }
  },
};
