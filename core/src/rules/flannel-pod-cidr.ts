import { spanHolds, spanOf, spansOverlap } from "../addresses/span.ts";
import { fileOf } from "../facts/identities.ts";
import { ranges } from "../facts/ranges.ts";
import { sameCluster } from "../facts/same-cluster.ts";
import type { Rule } from "../lint/rule.ts";

export const rule: Rule = {
  summary: "flannel's network does not hold the nodes' podCIDRs",
  why: `flannel takes each node's subnet from its podCIDRs, which the controller manager cuts from the podSubnet, and stops where
\`Network\` or \`IPv6Network\` does not hold it. Write the same ranges in both places.`,
  source: "https://github.com/flannel-io/flannel/blob/master/pkg/subnet/kube/kube.go",
  severity: "error",
  codes: ["FLN008"],
  kinds: ["FlannelNetConf"],
  example: {
    bad: manifest("fd12:3456:789e::/56"),
    good: manifest("fd12:3456:789a::/56"),
  },

  *check(conf, world) {
    const near = sameCluster(world.all(ranges), fileOf(world, conf)).filter(({ kind }) => kind !== "FlannelNetConf");
    const given = near.flatMap(({ kind, value }) =>
      value.flatMap(({ role, text }) => {
        const span = role === "node" || (role === "pod" && subnets.includes(kind)) ? spanOf(text) : undefined;
        return span ? [{ role, text, span }] : [];
      }),
    );
    for (const key of ["Network", "IPv6Network"]) {
      const field = conf.get(key);
      const network = spanOf(field?.text ?? "");
      if (!field || !network) continue;
      const same = given.filter(({ span }) => span.first.family === network.first.family);
      // Of a podSubnet, only a part may be in use: it is surely wrong if none of it lies in the network.
      const outside = same.find(({ role, span }) =>
        role === "node" ? !spanHolds(network, span) : !spansOverlap(network, span),
      );
      if (outside) yield { at: field, message: says(field.text ?? "", outside.role, outside.text) };
    }
  },
};

const subnets = ["ClusterConfiguration", "K0sCluster", "KindCluster", "K3sConfig"];

function says(network: string, role: string, text: string): string {
  const whose = role === "node" ? "PodCIDR of a node" : "podSubnet";
  return `subnet "${network}" specified in the flannel net config doesn't contain "${text}", ${whose}: make them agree`;
}

function manifest(network: string): string {
  return `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking:
  podSubnet: fd12:3456:789a::/56
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: kube-flannel-cfg
data:
  net-conf.json: |
    {"EnableIPv4": false, "EnableIPv6": true, "IPv6Network": "${network}", "Backend": {"Type": "vxlan"}}
`;
}
