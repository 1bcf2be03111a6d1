import { type Family, parseAddress } from "../addresses/address.ts";
import { clusterSubnets } from "../facts/cluster-subnets.ts";
import { apiServerRange } from "../facts/service-ranges.ts";
import { programFlags, type Written } from "../kinds/flags.ts";
import type { Rule, World } from "../lint/rule.ts";
import { isSingleOrDual, prefixesOf, prefixFamiliesOf, subnetList } from "../literals/subnet-list.ts";
import { podKinds, type Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "Two dual-stack lists of one cluster begin with different families",
  why: `The first family of each list is its primary one: the first address of a pod, of a Service that asks for nothing, of a
Node. Components let the lists differ, but then a pod's primary address is of another family than the Services it serves,
and what looks at one address only, sees the wrong one.`,
  source: "https://kubernetes.io/docs/concepts/services-networking/dual-stack/",
  severity: "warning",
  codes: ["X002"],
  kinds: ["ClusterConfiguration", "InitConfiguration", "JoinConfiguration", "KindCluster", ...podKinds],
  mentions: [/service-cluster-ip-range/, /serviceSubnet/, /node-ip/],
  example: {
    bad: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking:
  podSubnet: 10.244.0.0/16,fd12:3456:789a::/56
  serviceSubnet: fd12:3456:789b::/112,10.96.0.0/16
`,
    good: `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
networking:
  podSubnet: 10.244.0.0/16,fd12:3456:789a::/56
  serviceSubnet: 10.96.0.0/16,fd12:3456:789b::/112
`,
  },

  *check(resource, world) {
    const pair = lists(resource, world);
    if (pair?.families.length !== 2 || pair.first === pair.families[0]) return;
    const reversed = pair.at.text?.split(",").reverse().join(",") ?? "";
    yield {
      at: pair.at,
      message: `${pair.other} begins with ${pair.first}, this with ${pair.families[0]}; put them in one order`,
      fix: { kind: "decision", title: `Put ${pair.first} first`, edits: [pair.at.replace(reversed)] },
    };
  },
};

interface Pair {
  readonly at: Written;
  readonly families: readonly Family[];
  readonly other: string;
  readonly first: Family | undefined;
}

function lists(resource: Resource, world: World): Pair | undefined {
  if (resource.kind === "ClusterConfiguration" || resource.kind === "KindCluster")
    return compared("podSubnet", resource.get("networking", "podSubnet"), resource.get("networking", "serviceSubnet"));
  if (resource.group === "kubeadm.k8s.io") return nodeIp(resource, world);
  const flags = programFlags(resource, "kube-controller-manager");
  const services = flags?.get("service-cluster-ip-range");
  // Another list than the API server's is controller-manager-service-range's to report.
  if (world.all(apiServerRange).some(({ value }) => value !== services?.text)) return undefined;
  return compared("--cluster-cidr", flags?.get("cluster-cidr"), services);
}

function compared(other: string, a: Written | undefined, at: Written | undefined): Pair | undefined {
  const [first = [], second = []] = [a, at].map((list) => prefixesOf(subnetList(list)));
  if (!at || first.length !== 2 || !isSingleOrDual(first) || !isSingleOrDual(second)) return undefined;
  return { at, families: prefixFamiliesOf(second), other, first: prefixFamiliesOf(first)[0] };
}

function nodeIp(resource: Resource, world: World): Pair | undefined {
  const at = programFlags(resource, "kubelet")?.get("node-ip");
  const clusters = world.all(clusterSubnets);
  const families = at?.text.split(",").flatMap((text) => parseAddress(text)?.family ?? []) ?? [];
  if (!at || new Set(families).size !== families.length || clusters.length !== 1) return undefined;
  const services = clusters[0]?.value.services ?? [];
  return services.length === 2 ? { at, families, other: "serviceSubnet", first: services[0] } : undefined;
}
