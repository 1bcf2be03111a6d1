import { formatPrefix, hasHostBits, parsePrefix } from "../addresses/address.ts";
import { ciliumConfig } from "../kinds/cilium-config.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "Cilium's ipv6-cluster-alloc-cidr is no /64",
  why: `The agent stops unless \`ipv6-cluster-alloc-cidr\` is exactly a /64: it is what a node without a podCIDR makes addresses
from. The range that nodes get their parts of is \`cluster-pool-ipv6-cidr\`.`,
  source: "https://github.com/cilium/cilium/blob/main/pkg/option/config.go",
  severity: "error",
  codes: ["CIL001"],
  kinds: ["ConfigMap"],
  groups: [""],
  mentions: [/cilium-config/],
  example: {
    bad: `apiVersion: v1
kind: ConfigMap
metadata:
  name: cilium-config
data:
  ipv6-cluster-alloc-cidr: fd12:3456:789a::/48
`,
    good: `apiVersion: v1
kind: ConfigMap
metadata:
  name: cilium-config
data:
  ipv6-cluster-alloc-cidr: fd12:3456:789a::/64
`,
  },

  *check(resource) {
    const field = ciliumConfig(resource)?.get("ipv6-cluster-alloc-cidr");
    const prefix = parsePrefix(field?.text ?? "");
    if (!field || !prefix || prefix.length === 64) return;
    const first = prefix.address.family === "IPv6" ? { ...prefix, length: 64 } : undefined;
    const written = first && !hasHostBits(first) ? formatPrefix(first) : undefined;
    yield {
      at: field,
      message: `unable to parse CIDR value '${field.text}' of option --ipv6-cluster-alloc-cidr: Prefix length must be /64`,
      fix:
        written !== undefined && prefix.length < 64
          ? { kind: "decision", title: `Write ${written}`, edits: [field.replace(written)] }
          : undefined,
    };
  },
};
