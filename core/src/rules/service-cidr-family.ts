import { familyOf } from "../addresses/address.ts";
import { clusterOf } from "../facts/service-ranges.ts";
import { serves } from "../kinds/service.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "A ServiceCIDR does not make a cluster dual-stack",
  why: `Which families Services can have comes from the API server's \`--service-cluster-ip-range\`. A ServiceCIDR of another
family is accepted and never used: Services still say "not configured on this cluster". Change the flag too.`,
  source: "https://kubernetes.io/docs/concepts/services-networking/dual-stack/#configure-ipv4-ipv6-dual-stack",
  severity: "warning",
  codes: ["SCIDR008"],
  kinds: ["ServiceCIDR"],
  groups: ["networking.k8s.io"],
  example: {
    cluster: "v4",
    bad: `apiVersion: networking.k8s.io/v1
kind: ServiceCIDR
metadata:
  name: second
spec:
  cidrs: ["fd12:3456:789a:1::/112"]
`,
    good: `apiVersion: networking.k8s.io/v1
kind: ServiceCIDR
metadata:
  name: second
spec:
  cidrs: ["10.97.0.0/16"]
`,
  },

  *check(resource, world) {
    const cluster = clusterOf(world);
    for (const field of resource.get("spec", "cidrs")?.items() ?? []) {
      const family = familyOf(field.text ?? "");
      if (!family || serves(cluster, family)) continue;
      yield {
        at: field,
        message: `the API server was not started with ${family}; change --service-cluster-ip-range too`,
      };
    }
  },
};
