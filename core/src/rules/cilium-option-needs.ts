import { type CiliumConfig, ciliumConfig } from "../kinds/cilium-config.ts";
import { mentionsCilium } from "../kinds/cilium-values.ts";
import type { Report, Rule } from "../lint/rule.ts";
import type { Place } from "../manifest/field.ts";
import { missing } from "../manifest/missing.ts";

export const rule: Rule = {
  summary: "A Cilium option without what it needs",
  why: `Agent and operator stop at options that contradict each other: NAT46x64 needs both families, neighbour discovery needs
IPv6 and a device to answer on, and the operator hands out IPv6 from \`cluster-pool-ipv6-cidr\` exactly if IPv6 is on; with another
\`ipam\` it looks at neither.`,
  source: "https://docs.cilium.io/en/stable/network/concepts/ipam/cluster-pool/",
  severity: "error",
  codes: ["CIL004", "CIL005", "CIL006", "CIL007"],
  kinds: ["ConfigMap", "HelmValues"],
  groups: [""],
  mentions: [mentionsCilium],
  example: {
    bad: config('enable-ipv6: "false"\n  cluster-pool-ipv6-cidr: fd12:3456:789a::/104'),
    good: config('enable-ipv6: "true"\n  cluster-pool-ipv6-cidr: fd12:3456:789a::/104'),
  },

  *check(resource) {
    const config = ciliumConfig(resource);
    if (!config) return;
    for (const { code, says, at } of needs) {
      const place = at(config);
      if (place) yield { at: place, message: says, codes: [code], fix: enable(config, code) };
    }
  },
};

interface Need {
  readonly code: string;
  readonly says: string;
  at(config: CiliumConfig): Place | undefined;
}

const needs: readonly Need[] = [
  {
    code: "CIL004",
    says: "enable-nat46x64-gateway requires both --enable-ipv4 and --enable-ipv6 enabled",
    at: (config) => given(config, "enable-nat46x64-gateway", config.off("enable-ipv4") || config.off("enable-ipv6")),
  },
  {
    code: "CIL005",
    says: "IPv6NDP cannot be enabled without ipv6-mcast-device: name the device, and enable-ipv6",
    at: (config) => given(config, "enable-ipv6-ndp", config.lacks("ipv6-mcast-device") || config.off("enable-ipv6")),
  },
  {
    code: "CIL006",
    says: 'cluster-pool-ipv6-cidr must not be set if IPv6 is disabled: set enable-ipv6 to "true" or remove it',
    at: (config) =>
      config.off("enable-ipv6") && config.text("cluster-pool-ipv6-cidr") && handsOutPools(config)
        ? config.get("cluster-pool-ipv6-cidr")
        : undefined,
  },
  {
    code: "CIL007",
    says: "cluster-pool-ipv6-cidr must be provided when using ClusterPool: add it, or turn enable-ipv6 off",
    at: (config) => {
      const [ipam, ipv6] = [config.text("ipam"), config.get("enable-ipv6")];
      const pool = config.get("cluster-pool-ipv6-cidr");
      if (ipam !== "cluster-pool" || !config.on("enable-ipv6") || !ipv6) return undefined;
      if (pool) return pool.text === "" ? pool : undefined;
      // The chart has one of its own.
      if (config.text("cluster-pool-ipv6-cidr") !== undefined) return undefined;
      return config.lacks("cluster-pool-ipv6-cidr") ? missing(config.data, "cluster-pool-ipv6-cidr", ipv6) : undefined;
    },
  },
];

/**
 * Nobody else looks at the pools: Init of {@link https://github.com/cilium/cilium/blob/main/operator/pkg/ipam/allocator/clusterpool/clusterpool.go}.
 * It is what Cilium does when nothing is said.
 */
function handsOutPools(config: CiliumConfig): boolean {
  return !config.get("ipam") || config.text("ipam") === "cluster-pool";
}

function given(config: CiliumConfig, key: string, unmet: boolean): Place | undefined {
  return config.on(key) && unmet ? config.get(key) : undefined;
}

function enable(config: CiliumConfig, code: string): Report["fix"] {
  if (code !== "CIL006") return undefined;
  return { kind: "decision", title: 'Set enable-ipv6 to "true"', edits: [config.get("enable-ipv6")?.replace("true")] };
}

function config(data: string): string {
  return `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: cilium-config\ndata:\n  ipam: cluster-pool\n  ${data}\n`;
}
