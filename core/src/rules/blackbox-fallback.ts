import { lacks } from "../facts/service-ranges.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "A probe for IPv6 that passes over IPv4, or for a family that the cluster does not have",
  why: `\`preferred_ip_protocol: ip6\` is a preference: with \`ip_protocol_fallback\`, true by default, the exporter takes IPv4 where
there is no AAAA record, and \`probe_success\` says nothing on IPv6. The other way round, a probe that may not fall back asks over the one family alone: in a cluster
without that family it never succeeds.`,
  source: "https://github.com/prometheus/blackbox_exporter/blob/master/CONFIGURATION.md",
  severity: "warning",
  codes: ["ARG020"],
  kinds: ["BlackboxConf"],
  mentions: [/ip_protocol/],
  example: {
    bad: configMap(""),
    good: configMap("\n          ip_protocol_fallback: false"),
  },

  *check(file, world) {
    for (const [, module] of file.get("modules")?.entries() ?? []) {
      for (const prober of ["http", "tcp", "icmp", "dns", "grpc"]) {
        const settings = module.get(prober);
        const preferred = settings?.get("preferred_ip_protocol");
        const fallback = settings?.get("ip_protocol_fallback");
        const other = preferred?.text === "ip4" ? "IPv4" : "IPv6";
        if (fallback?.boolean === false && lacks(world, other)) {
          const message = `pods here have no ${other}, and this probe may use nothing else: let it fall back`;
          yield { at: preferred ?? fallback, message };
        }
        if (preferred?.text !== "ip6" || (fallback && fallback.boolean !== true)) continue;
        const edit = fallback ? fallback.replaceBare(false) : preferred.insertAfter("ip_protocol_fallback: false");
        yield {
          at: preferred,
          message: "this probe falls back to IPv4 and passes: set ip_protocol_fallback: false",
          fix: { kind: "decision", title: "Do not fall back", edits: [edit] },
        };
      }
    }
  },
};

function configMap(more: string): string {
  return `apiVersion: v1
kind: ConfigMap
metadata:
  name: blackbox
data:
  blackbox.yml: |
    modules:
      http6:
        prober: http
        http:
          preferred_ip_protocol: ip6${more}
`;
}
