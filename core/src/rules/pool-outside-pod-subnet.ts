import { parsePrefix } from "../addresses/address.ts";
import { spanHolds, spanOf } from "../addresses/span.ts";
import { fileOf } from "../facts/identities.ts";
import { ranges, type WrittenRange } from "../facts/ranges.ts";
import { sameCluster } from "../facts/same-cluster.ts";
import { initialPools } from "../kinds/calico-node.ts";
import type { KnownFact } from "../lint/fact.ts";
import type { Rule } from "../lint/rule.ts";
import type { Place } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";

const subnets = ["ClusterConfiguration", "K0sCluster", "KindCluster", "K3sConfig"];

/** A cluster has few of these, and may have thousands of pools. */
function ofSubnets(all: readonly KnownFact<readonly WrittenRange[]>[]): readonly KnownFact<readonly WrittenRange[]>[] {
  return all.filter(({ kind }) => subnets.includes(kind));
}

export const rule: Rule = {
  summary: "A Calico pool lies outside the cluster's podSubnet",
  why: `kube-proxy and the controller manager take the podSubnet (--cluster-cidr) for all the pods there are: traffic of pods
outside of it is masqueraded as if it came from elsewhere. Calico's own manifests say that a pool should fall within it.`,
  source: "https://docs.tigera.io/calico/latest/reference/resources/ippool",
  severity: "warning",
  codes: ["X009"],
  kinds: ["IPPool", "Installation", "DaemonSet"],
  groups: ["projectcalico.org", "crd.projectcalico.org", "operator.tigera.io", "apps"],
  mentions: [/cidr/],
  example: {
    bad: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking:
  podSubnet: 10.244.0.0/16,fd12:3456:789a::/56
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: pods-ipv6
spec:
  cidr: fd12:3456:789e::/56
`,
    good: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking:
  podSubnet: 10.244.0.0/16,fd12:3456:789a::/56
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: pods-ipv6
spec:
  cidr: fd12:3456:789a::/56
`,
  },

  *check(resource, world) {
    const near = sameCluster(world.digest(ranges, ofSubnets), fileOf(world, resource));
    const pods = near.flatMap(({ value }) => value.filter(({ role }) => role === "pod").map(({ text }) => text));
    if (pods.length === 0) return;
    for (const { text, at } of poolsOf(resource)) {
      const span = parsePrefix(text) && spanOf(text);
      const holds = pods.some((pod) => {
        const outer = spanOf(pod);
        return span !== undefined && outer !== undefined && spanHolds(outer, span);
      });
      if (span && !holds)
        yield { at, message: `${text} lies outside the podSubnet ${pods.join(",")}; make them agree` };
    }
  },
};

interface Pool {
  readonly text: string;
  readonly at: Place;
}

/** The operator's pools stand in its Installation, those of calico-node in its environment. */
function poolsOf(resource: Resource): readonly Pool[] {
  if (resource.kind === "DaemonSet") return initialPools(resource);
  const pools = resource.get("spec", "calicoNetwork", "ipPools")?.items() ?? [resource.get("spec")];
  return pools.flatMap((pool) => {
    const [cidr, uses] = [pool?.get("cidr"), pool?.get("allowedUses")?.items()];
    // A pool for tunnels or load balancers gives no pod an address.
    return cidr?.text === undefined || uses?.every(({ text }) => text !== "Workload")
      ? []
      : [{ text: cidr.text, at: cidr }];
  });
}
