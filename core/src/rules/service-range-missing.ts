import { type Family, familyOf } from "../addresses/address.ts";
import { wantedFamilies } from "../facts/wanted-families.ts";
import { clusterPlan, planKinds } from "../kinds/cluster-plan.ts";
import type { Rule, World } from "../lint/rule.ts";
import { isSingleOrDual, prefixesOf, prefixFamiliesOf, subnetList } from "../literals/subnet-list.ts";
import type { Place } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "A Service beside it asks for a family that the cluster's Service range lacks",
  why: `The API server refuses a Service that names a family, or requires two, on a cluster whose Service range has no prefix of it: "IPv6 is
not configured on this cluster". Whoever writes such a Service beside the file that sets the cluster up wants the family; what is missing
is a prefix there, and one for pods, without which nobody could answer.`,
  source: "https://kubernetes.io/docs/concepts/services-networking/dual-stack/#configure-ipv4-ipv6-dual-stack",
  severity: "warning",
  codes: ["SVC013"],
  kinds: ["ClusterConfiguration", ...planKinds.filter((kind) => kind !== "Cluster")],
  mentions: [],
  example: {
    bad: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking:
  podSubnet: 10.244.0.0/16
  serviceSubnet: 10.96.0.0/12
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ipFamilies: [IPv6]
`,
    good: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking:
  podSubnet: 10.244.0.0/16,fd12:3456:789a::/56
  serviceSubnet: 10.96.0.0/12,fd12:3456:789b::/112
---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  ipFamilies: [IPv6]
`,
  },

  *check(config, world) {
    // Where the cluster itself is known, it is the Service that does not fit.
    if (world.cluster !== "unknown" || config.partial || config.holder !== config) return;
    const ranges = config.kind === "ClusterConfiguration" ? ofKubeadm(config) : ofPlan(config);
    if (!ranges || ranges.services.length === 0) return;
    for (const family of ["IPv4", "IPv6"] as const) {
      // Pods that have the family are a mistake by themselves, which is said by another rule.
      if (ranges.services.includes(family) || ranges.pods.includes(family)) continue;
      const wanting = servicesThatWant(world, family);
      const [first, ...more] = wanting;
      if (first === undefined) continue;
      const who = more.length === 0 ? `Service ${first} asks` : `${wanting.length} Services (${first} ...) ask`;
      yield { at: ranges.at, message: `${who} for ${family}; add an ${family} prefix for Services, and one for pods` };
    }
  },
};

interface Ranges {
  readonly at: Place;
  readonly services: readonly Family[];
  readonly pods: readonly Family[];
}

function ofKubeadm(config: Resource): Ranges | undefined {
  const at = config.get("networking", "serviceSubnet");
  const services = prefixesOf(subnetList(at));
  const pods = prefixesOf(subnetList(config.get("networking", "podSubnet")));
  if (!at || !services || !pods || !isSingleOrDual(services)) return undefined;
  return { at, services: prefixFamiliesOf(services), pods: prefixFamiliesOf(pods) };
}

function ofPlan(config: Resource): Ranges | undefined {
  const plan = clusterPlan(config);
  const families = (list: readonly { readonly text: string }[] = []) =>
    list.flatMap(({ text }) => familyOf(text) ?? []);
  if (!plan?.services) return undefined;
  return { at: plan.services.at, services: families(plan.services.prefixes), pods: families(plan.pods?.prefixes) };
}

/** The names of those, in the order of files and documents. */
function servicesThatWant(world: World, family: Family): readonly string[] {
  return world
    .all(wantedFamilies)
    .filter(({ value }) => value.families.includes(family))
    .map(({ value }) => value.name);
}
