import { type PlacedRange, type Range, ranges, rangesOf } from "../facts/ranges.ts";
import { sameCluster } from "../facts/same-cluster.ts";
import { collide } from "../plan/collision.ts";
import type { Rule } from "../rule.ts";
import { spanOf, spansOverlap } from "../span.ts";

export const rule: Rule = {
  summary: "Two ranges of addresses overlap",
  why: `Pods, Services, nodes and load balancers each need addresses of their own, and so does every pool: an address that two
of them hand out is answered by whoever comes first. Calico, Cilium and MetalLB refuse overlapping pools. A pool inside the
podSubnet is no overlap. In an address plan, \`prefix:\` or \`cidr:\` holds the mappings beside it.`,
  source: "https://github.com/projectcalico/calico/blob/master/libcalico-go/lib/clientv3/ippool.go",
  severity: "error",
  codes: ["X001"],
  kinds: ["*"],
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
    const { kind, name } = resource;
    const own = rangesOf(resource);
    if (own.length === 0) return;
    const known = world.all(ranges);
    const index = known.findIndex((other) => other.isOf(resource));
    const file = known[index]?.file;
    const near = sameCluster(known, file);
    // Of two that overlap, the later one is reported; across files, the one that is not the cluster's own configuration.
    const configured = near.some((other) => other.isOf(resource) && sameCluster(known, undefined).includes(other));
    const others = near
      .filter((other) => (other.file === file ? known.indexOf(other) < index : !configured))
      .flatMap((other) => other.value.map((it) => ({ ...it, kind: other.kind, name: other.name })));
    for (const [at, range] of own.entries()) {
      const inside = own.slice(0, at).filter((other) => other.role !== range.role || other.path !== range.path);
      const other = [...others, ...inside.map((it) => ({ ...it, kind, name }))].find(
        (it) => overlap(it, range) && collide(it, { ...range, kind, name }),
      );
      if (other)
        yield { at: range.at, message: `${range.text} overlaps ${describe(other, kind, name)}; move one of them` };
    }
  },
};

function overlap(a: Range, b: PlacedRange): boolean {
  const span = spanOf(a.text);
  return span !== undefined && spansOverlap(span, b.span);
}

function describe(
  range: Range & { kind: string; name: string | undefined },
  kind: string,
  name: string | undefined,
): string {
  const same = range.kind === kind && range.name === name;
  const owner = same ? "" : range.name === undefined ? ` of ${range.kind}` : ` of ${range.kind} ${range.name}`;
  return `${range.text}${owner} (${range.path})`;
}
