import { familyOf } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { list, mapping, string, strings } from "../policy/read.ts";
import { someNames, type Task } from "./task.ts";

/** What nodes, their prefixes and the Services' ranges lack of IPv6: nothing of it can be given by the API alone. */
export function clusterTasks(objects: readonly KubeObject[]): readonly Task[] {
  const nodes = objects.filter(({ kind }) => kind === "Node");
  const lacking = (texts: (node: KubeObject) => readonly string[]) =>
    nodes.filter((node) => !texts(node).some((text) => familyOf(text) === "IPv6")).map(({ metadata }) => metadata.name);
  const addresses = lacking(({ status }) =>
    list(mapping(status).addresses).flatMap((entry) => string(mapping(entry).address) ?? []),
  );
  const prefixes = lacking(({ spec }) => strings(mapping(spec).podCIDRs).map(({ text }) => text));
  const cidrs = objects
    .filter(({ kind }) => kind === "ServiceCIDR")
    .flatMap(({ spec }) => strings(mapping(spec).cidrs));
  const manual = (title: string, why: string): Task => ({ title, why, commands: [] });
  return [
    ...(addresses.length > 0
      ? [
          manual(
            `An IPv6 InternalIP for ${someNames(addresses)}`,
            "Without one nodes do not reach each other's pods over IPv6; the kubelet takes it from --node-ip or the cloud provider.",
          ),
        ]
      : []),
    ...(prefixes.length > 0
      ? [
          manual(
            `An IPv6 range for the pods of ${someNames(prefixes)}`,
            "--cluster-cidr of the controller manager with both families; podCIDRs of a node are given once, so that a node without one is drained, deleted and joined anew. Plugins with pools of their own (Calico, Cilium) need a pool of IPv6 instead.",
          ),
        ]
      : []),
    ...(cidrs.length > 0 && !cidrs.some(({ text }) => familyOf(text) === "IPv6")
      ? [
          manual(
            "An IPv6 range for Services",
            '--service-cluster-ip-range of the API server with both families. Until then RequireDualStack is refused ("this cluster is not configured for dual-stack services"), and PreferDualStack is taken and changes nothing.',
          ),
        ]
      : []),
  ];
}
