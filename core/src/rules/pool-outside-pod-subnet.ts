import { parsePrefix } from "../address.ts";
import { fileOf } from "../facts/identities.ts";
import { ranges } from "../facts/ranges.ts";
import { sameCluster } from "../facts/same-cluster.ts";
import type { Field } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";
import type { Rule } from "../rule.ts";
import { spanHolds, spanOf } from "../span.ts";

const subnets = ["ClusterConfiguration", "K0sCluster", "KindCluster", "K3sConfig"];

export const rule: Rule = {
  summary: "A Calico pool lies outside the cluster's podSubnet",
  why: `kube-proxy and the controller manager take the podSubnet (--cluster-cidr) for all the pods there are: traffic of pods
outside of it is masqueraded as if it came from elsewhere. Calico's own manifests say that a pool should fall within it.`,
  source: "https://docs.tigera.io/calico/latest/reference/resources/ippool",
  severity: "warning",
  codes: ["X009"],
  kinds: ["IPPool", "Installation"],
  groups: ["projectcalico.org", "crd.projectcalico.org", "operator.tigera.io"],
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
    const near = sameCluster(world.all(ranges), fileOf(world, resource)).filter(({ kind }) => subnets.includes(kind));
    const pods = near.flatMap(({ value }) => value.filter(({ role }) => role === "pod").map(({ text }) => text));
    if (pods.length === 0) return;
    for (const pool of poolsOf(resource)) {
      const cidr = pool.get("cidr");
      const span = parsePrefix(cidr?.text ?? "") && spanOf(cidr?.text ?? "");
      const uses = pool.get("allowedUses")?.items();
      // A pool for tunnels or load balancers gives no pod an address.
      if (!span || uses?.every(({ text }) => text !== "Workload")) continue;
      const holds = pods.some((text) => {
        const outer = spanOf(text);
        return outer !== undefined && spanHolds(outer, span);
      });
      if (!holds)
        yield { at: cidr, message: `${cidr?.text} lies outside the podSubnet ${pods.join(",")}; make them agree` };
    }
  },
};

/** The operator's pools stand in its Installation. */
function poolsOf(resource: Resource): readonly Field[] {
  if (resource.kind === "Installation") return resource.get("spec", "calicoNetwork", "ipPools")?.items() ?? [];
  const spec = resource.get("spec");
  return spec ? [spec] : [];
}
