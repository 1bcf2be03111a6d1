import { k3sList } from "../kinds/k3s-config.ts";
import type { Rule } from "../lint/rule.ts";

const codes: Readonly<Record<string, string>> = { "service-cidr": "K3S002", "node-ip": "K3S001" };

export const rule: Rule = {
  summary: "k3s gets different families for pods, Services and the node",
  why: `k3s and RKE2 want cluster-cidr, service-cidr and node-ip to have the same families in the same order, and refuse to
start otherwise. What this file leaves out is not judged: another one may set it.`,
  source: "https://docs.k3s.io/networking/basic-network-options#dual-stack-ipv4--ipv6-networking",
  severity: "error",
  codes: ["K3S001", "K3S002", "X002"],
  kinds: ["K3sConfig"],
  mentions: [/cluster-cidr/],
  example: {
    bad: `node-ip: 10.0.0.31,fd12:3456:789a:ff::31
cluster-cidr: 10.42.0.0/16,fd12:3456:789a::/56
service-cidr: 10.43.0.0/16
`,
    good: `node-ip: 10.0.0.31,fd12:3456:789a:ff::31
cluster-cidr: 10.42.0.0/16,fd12:3456:789a::/56
service-cidr: 10.43.0.0/16,fd12:3456:789b::/112
`,
  },

  *check(config) {
    const cluster = k3sList(config, "cluster-cidr");
    if (!cluster) return;
    let ordered = true;
    for (const key of ["service-cidr", "node-ip"]) {
      const other = k3sList(config, key);
      if (!other) continue;
      const missing = cluster.families.find((family) => !other.families.includes(family));
      const extra = other.families.find((family) => !cluster.families.includes(family));
      const words = `cluster-cidr and ${key} must share the same IP version`;
      // A node may well have an address of a family that the cluster does not use.
      if (missing || (extra && key === "service-cidr"))
        yield {
          at: other.at,
          codes: [codes[key] ?? ""],
          message: `${words}; ${missing ? `add an ${missing} one` : `cluster-cidr has no ${extra}`}`,
        };
      else if (ordered && !extra && other.families[0] !== cluster.families[0]) {
        ordered = false;
        yield {
          at: other.at,
          codes: ["X002"],
          message: `${words}, in the same order: cluster-cidr begins with ${cluster.families[0]}`,
        };
      }
    }
  },
};
