/** IPv6 as the first family of Services. `ipFamilies[0]` and `clusterIPs[0]` may not be changed, but on headless ones. */
import { familyOf } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { list, mapping, strings } from "../policy/read.ts";
import { type Argv, patchService } from "./commands.ts";
import type { Task } from "./task.ts";

/** What is to be done with one Service, or why it is left. Neither where IPv6 is the first already, or where it has no families. */
export function firstOf(service: KubeObject): { readonly task?: Task; readonly refused?: string } {
  const { metadata, spec } = service;
  const { type, clusterIP } = mapping(spec);
  const families = familiesOf(service);
  const isOwn = metadata.namespace === "default" && metadata.name === "kubernetes";
  if (isOwn || families[0] !== "IPv4" || type === "ExternalName") return {};
  if (type === "LoadBalancer")
    return {
      refused:
        "to make it anew is to delete its load balancer, and the address outside with it; which family comes first is of no matter there",
    };
  const owner = list(metadata.ownerReferences)
    .map(mapping)
    .find(({ controller }) => controller === true);
  if (owner)
    return { refused: `${String(owner.kind)} ${String(owner.name)} makes it: say there which family is first` };
  if (families.length < 2) return { task: later(service) };
  return { task: clusterIP === "None" ? swapped(service) : anew(service) };
}

/** https://kubernetes.io/docs/concepts/services-networking/dual-stack/#switching-services-between-single-stack-and-dual-stack */
function swapped(service: KubeObject): Task {
  const { namespace = "default", name } = service.metadata;
  return {
    title: `Service ${namespace}/${name}: IPv6 first`,
    why: "It is headless, so that the order may be changed as it is; its name has the same addresses in either order.",
    commands: [patchService(namespace, name, { ipFamilies: ["IPv6", "IPv4"] })],
    watch: `kubectl -n ${namespace} get service ${name} -o jsonpath='{.spec.ipFamilies}'`,
    undo: patchService(namespace, name, { ipFamilies: familiesOf(service) }),
  };
}

function later({ metadata: { namespace = "default", name } }: KubeObject): Task {
  return {
    title: `Service ${namespace}/${name}: plan again once it has both families`,
    why: "Made anew with the two addresses that it has by then, it keeps both of them.",
    commands: [],
  };
}

/** It is deleted and made again by one command, with both its addresses named, so that it keeps them. */
function anew(service: KubeObject): Task {
  const { namespace = "default", name } = service.metadata;
  const addresses = strings(mapping(service.spec).clusterIPs).map(({ text }) => text);
  return {
    title: `Service ${namespace}/${name}: made anew, IPv6 first, with the addresses it has`,
    why: "ipFamilies[0] and clusterIPs[0] may not be changed. Programs that ask a name get both addresses in either order, so that only those need it that read clusterIP.",
    commands: [replaced(namespace)],
    input: manifest(service, ["IPv6", "IPv4"], [...addresses].sort(sixFirst)),
    interrupts:
      "for the moment between the two it is not there: new connections to it fail, and its name is not found. Open connections over TCP go on with kube-proxy's iptables and nftables; IPVS and other proxies may end them. Should another Service take one of its addresses in between, the server refuses it: make it without clusterIPs then",
    watch: `kubectl -n ${namespace} get service ${name} -o jsonpath='{.spec.clusterIPs}'`,
    undo: replaced(namespace),
    undoInput: manifest(service, familiesOf(service), addresses),
  };
}

/** https://kubernetes.io/docs/reference/kubectl/generated/kubectl_replace/ */
function replaced(namespace: string): Argv {
  return ["kubectl", "-n", namespace, "replace", "--force", "-f", "-"];
}

/** Without what the server keeps of it. */
function manifest(
  { metadata, spec }: KubeObject,
  ipFamilies: readonly string[],
  clusterIPs: readonly string[],
): string {
  const { name, namespace, labels, annotations = {} } = metadata;
  const { "kubectl.kubernetes.io/last-applied-configuration": _, ...said } = annotations;
  const kept = { name, namespace, labels, ...(Object.keys(said).length > 0 ? { annotations: said } : {}) };
  const families = { ipFamilies, clusterIP: clusterIPs[0], clusterIPs };
  return JSON.stringify({ apiVersion: "v1", kind: "Service", metadata: kept, spec: { ...mapping(spec), ...families } });
}

function sixFirst(a: string, b: string): number {
  return Number(familyOf(b) === "IPv6") - Number(familyOf(a) === "IPv6");
}

function familiesOf({ spec }: KubeObject): readonly string[] {
  return strings(mapping(spec).ipFamilies).map(({ text }) => text);
}
