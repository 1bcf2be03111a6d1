import { clusterOf } from "../facts/service-ranges.ts";
import type { Rule } from "../lint/rule.ts";
import { either } from "../program-files/envoy.ts";

export const rule: Rule = {
  summary: "An Envoy cluster that asks for the addresses of one family only",
  why: `\`dns_lookup_family: V4_ONLY\` lets Envoy ask for A records alone, and \`V6_ONLY\` for AAAA: a Service of the other family is
never found. \`ALL\` asks for both and tries both, as RFC 8305 has it; \`AUTO\` takes IPv6 where there is any.`,
  source:
    "https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/cluster/v3/cluster.proto#enum-config-cluster-v3-cluster-dnslookupfamily",
  severity: "warning",
  kinds: ["EnvoyConf"],
  mentions: [/dns_?lookup_?family/i],
  example: {
    cluster: "v6",
    bad: configMap("V4_ONLY"),
    good: configMap("ALL"),
  },

  *check(file, world) {
    const cluster = clusterOf(world);
    const refused = cluster === "v6" ? "V4_ONLY" : cluster === "v4" ? "V6_ONLY" : undefined;
    for (const one of either(file.root, "static_resources", "staticResources")?.get("clusters")?.items() ?? []) {
      const family = either(one, "dns_lookup_family", "dnsLookupFamily");
      if (!refused || family?.text !== refused) continue;
      yield {
        at: family,
        message: `no Service of this cluster has an address of that family: write ALL, or leave it out`,
        fix: { kind: "decision", title: "Write ALL", edits: [family.replace("ALL")] },
      };
    }
  },
};

function configMap(family: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: proxy
data:
  envoy.yaml: |
    static_resources:
      clusters:
        - name: web
          type: STRICT_DNS
          dns_lookup_family: ${family}
`;
}
