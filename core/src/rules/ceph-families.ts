import { familyOf } from "../addresses/address.ts";
import { clusterOf } from "../facts/service-ranges.ts";
import { primaryOf } from "../kinds/service.ts";
import type { Rule } from "../lint/rule.ts";
import { missing } from "../manifest/missing.ts";

export const rule: Rule = {
  summary: "A CephCluster binds a family that its pods do not have first",
  why: `\`network.ipFamily\` lets Ceph bind one family only, unless \`dualStack: true\` stands beside it. Rook gives each daemon the first
address of its pod to bind to, which is of the cluster's primary family. Address ranges of another family hold no address to bind.`,
  source: "https://rook.io/docs/rook/latest-release/CRDs/Cluster/network-providers/#ipfamily",
  severity: "warning",
  kinds: ["CephCluster"],
  groups: ["ceph.rook.io"],
  example: {
    bad: `apiVersion: ceph.rook.io/v1
kind: CephCluster
metadata:
  name: rook-ceph
spec:
  network:
    ipFamily: IPv6
    addressRanges:
      public: ["fd12:3456:789a::/64"]
      cluster: [10.31.8.0/24]
`,
    good: `apiVersion: ceph.rook.io/v1
kind: CephCluster
metadata:
  name: rook-ceph
spec:
  network:
    ipFamily: IPv6
    addressRanges:
      public: ["fd12:3456:789a::/64"]
      cluster: ["fd12:3456:789b::/64"]
`,
  },

  *check(cluster, world) {
    const network = cluster.get("spec", "network");
    const family = network?.get("ipFamily");
    if (!network || network.get("dualStack")?.boolean === true) return;
    const binds = family?.text ?? (cluster.partial ? undefined : "IPv4");
    if (binds !== "IPv4" && binds !== "IPv6") return;
    const shape = clusterOf(world);
    const primary = primaryOf(shape);
    const hosts = network.get("provider")?.text === "host" || network.get("hostNetwork")?.boolean === true;
    if (family && primary && primary !== binds && !hosts)
      yield {
        at: family,
        message: shape.startsWith("dual")
          ? `Ceph binds ${binds} alone, and the first address of its pods is ${primary}: write dualStack: true`
          : `Ceph binds ${binds} alone, which pods of this cluster do not have: write ${primary}`,
      };
    if (!family && binds === "IPv4" && shape === "v6")
      yield {
        at: missing(network, "ipFamily", network.key),
        severity: hosts ? "information" : "warning",
        message: "without ipFamily Ceph binds IPv4 alone, which pods of this cluster do not have: write ipFamily: IPv6",
      };
    for (const range of ["public", "cluster"].flatMap((key) => network.get("addressRanges", key)?.items() ?? []))
      if (range.text !== undefined && (familyOf(range.text) ?? binds) !== binds)
        yield {
          at: range,
          message: `${range.text} is not ${binds}, which Ceph binds alone: no address of it is bound`,
        };
  },
};
