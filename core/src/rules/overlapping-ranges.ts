import type { OwnedRange } from "../facts/collide.ts";
import { collisionOf } from "../facts/collisions.ts";
import { placedRangesOf, ranges } from "../facts/ranges.ts";
import type { Rule } from "../lint/rule.ts";
import { likeAddress } from "../manifest/mentions.ts";

export const rule: Rule = {
  summary: "Two ranges of addresses overlap",
  why: `Pods, Services, nodes and load balancers each need addresses of their own, and so does every pool: an address that two
of them hand out is answered by whoever comes first. Calico, Cilium and MetalLB refuse overlapping pools. A pool inside the
podSubnet is no overlap. In an address plan, \`prefix:\` or \`cidr:\` holds the mappings beside it.`,
  source: "https://github.com/projectcalico/calico/blob/master/libcalico-go/lib/clientv3/ippool.go",
  severity: "error",
  codes: ["X001"],
  kinds: ["*"],
  mentions: [likeAddress],
  example: {
    bad: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking:
  podSubnet: fd12:3456:789a::/48
  serviceSubnet: fd12:3456:789a:ffff::/112
`,
    good: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking:
  podSubnet: fd12:3456:789a::/48
  serviceSubnet: fd12:3456:789b:ffff::/112
`,
  },

  *check(resource, world) {
    const own = placedRangesOf(resource);
    if (own.length === 0) return;
    const of = world.own(ranges, resource)?.index ?? -1;
    for (const [at, range] of own.entries()) {
      const other = collisionOf(world, of, at);
      if (!other) continue;
      const { kind, name } = resource;
      yield { at: range.at, message: `${range.text} overlaps ${describe(other, kind, name)}; move one of them` };
    }
  },
};

function describe(range: OwnedRange, kind: string, name: string | undefined): string {
  const same = range.kind === kind && range.name === name;
  const owner = same ? "" : range.name === undefined ? ` of ${range.kind}` : ` of ${range.kind} ${range.name}`;
  return `${range.text}${owner} (${range.path})`;
}
