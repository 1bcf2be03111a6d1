import { canonicalAddress, contains, familyOf, parseAddress, parsePrefix } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import type { Flow, FlowScope, Name, SceneNode, ScenePod } from "../judging/scene.ts";
import { type Target, targetName } from "../judging/subject.ts";
import { proxies } from "../probing/mesh.ts";
import type { ClusterDns } from "./cluster-dns.ts";
import { dialledFamilies, type FlowParts, flow } from "./flow.ts";
import { frontFlows } from "./front-flows.ts";
import { nodePortFlows } from "./node-port-flows.ts";
import { backendPort, serviceFlows, servicePort } from "./service-flows.ts";

/** The kubelet listens here on every node, and a refusal would prove the path as well. */
const kubeletPort = 10250;
const unlikelyPort = 9;

/** Every connection worth trying from the source pod, in both families. */
export function flowsOf(parts: FlowParts): Flow[] {
  const [source, ...others] = parts.pods;
  if (!source) return [];
  const [service] = parts.services;
  // What is asked for is a port of the Service: without one there is nothing to dial, on its pods neither.
  const dialled =
    parts.subject.to?.kind === "service" && service && !servicePort(service, parts.subject.to) ? [] : others;
  return [
    ...dialled.flatMap((pod) => podFlows(source, pod, parts.subject.to, backendPort(parts, pod))),
    ...parts.services.flatMap((one) => serviceFlows(source, one, parts.subject.to)),
    ...parts.services.flatMap((one) => nodePortFlows(source, one, parts)),
    ...targetFlows(source, parts),
    ...frontFlows(source, parts),
  ];
}

/** The addresses a name was resolved to, dialled on a port. */
export function namedFlows(
  from: ScenePod,
  name: string,
  addresses: readonly string[],
  port: { readonly number: number; readonly expected: boolean },
  nodes: readonly SceneNode[],
): Flow[] {
  return addresses.flatMap((address) =>
    addressFlow(from, address, port.number, nodes, { asked: true, expectListener: port.expected }).map((flow) => ({
      ...flow,
      id: `${flow.family} ${from.namespace}/${from.name} > ${name} ${address}`,
      to: name,
      target: { kind: "name" as const, name, port: port.number },
    })),
  );
}

/** From the first pod of another node (else the first) back to the source, where the source speaks HTTP. */
export function returnsOf({ pods }: FlowParts): Flow[] {
  const [source, ...others] = pods;
  const peer = others.find(({ node }) => node !== source?.node) ?? others[0];
  if (!source || !peer || peer.hostNetwork) return [];
  return podFlows(peer, source, undefined, undefined).filter(({ http, host }) => http && host !== undefined);
}

/** A dial of another pod on the node of a target pod, over IPv6. */
export function witnessOf(
  { subject, pods: [source, target] }: FlowParts,
  around: readonly ScenePod[],
): Flow | undefined {
  if (subject.to?.kind !== "pod" || !source || !target || source.node === target.node) return undefined;
  const other = around.find(
    (pod) => pod.node === target.node && pod.ips.IPv6 && !pod.hostNetwork && pod.ips.IPv6 !== target.ips.IPv6,
  );
  return other && podFlows(source, other, undefined, undefined).find(({ family }) => family === "IPv6");
}

/** The names of the Services of the scene, asked of each address of the cluster's DNS; a name that is the target comes on its own. */
export function namesOf({
  subject,
  pods,
  services,
  servers,
  domain,
}: FlowParts & Pick<ClusterDns, "servers" | "domain">): Name[] {
  const [from] = pods;
  if (!from || subject.to?.kind === "name") return [];
  const wanted: Pick<Name, "name" | "service" | "justReach">[] = services.map((service) => ({
    name: `${service.name}.${service.namespace}.svc.${domain}`,
    service,
  }));
  if (wanted.length === 0) wanted.push({ name: `kubernetes.default.svc.${domain}`, justReach: true });
  const reachable = servers.filter((server) => from.ips[familyOf(server) ?? "IPv6"] !== undefined);
  return wanted.flatMap((entry) =>
    reachable.flatMap((server) => typesOf(entry).map((type): Name => ({ from, server, type, ...entry }))),
  );
}

function typesOf({ justReach }: Pick<Name, "justReach">): Name["type"][] {
  return justReach ? ["A"] : ["AAAA", "A"];
}

function podFlows(from: ScenePod, to: ScenePod, target: Target | undefined, behind: number | undefined): Flow[] {
  const asked = target?.kind === "pod" ? target.port : behind;
  const declared = tcpPort(to.object);
  const port = asked ?? declared?.containerPort ?? unlikelyPort;
  return dialledFamilies.map((family) =>
    flow(from, { kind: "pod", namespace: to.namespace, name: to.name, port }, family, {
      toPod: to,
      scope: from.node === to.node ? "same-node" : "other-node",
      host: to.ips[family],
      port,
      expectListener: asked !== undefined || declared !== undefined,
      ...(behind !== undefined && target?.kind === "service" ? { behind: targetName(target) } : {}),
      asked: target?.kind === "pod",
      http: family === "IPv6" && /http/.test(declared?.name ?? "") && declared?.containerPort === port,
    }),
  );
}

function targetFlows(from: ScenePod, { subject, allNodes }: FlowParts): Flow[] {
  const { to } = subject;
  if (to?.kind === "node") {
    const node = allNodes.find(({ name }) => name === to.name);
    return dialledFamilies.map((family) =>
      flow(from, to, family, {
        scope: "node",
        host: node?.internalIPs.find((ip) => familyOf(ip) === family),
        port: to.port ?? kubeletPort,
        expectListener: to.port !== undefined,
        asked: to.port !== undefined,
        http: false,
      }),
    );
  }
  if (to?.kind === "address")
    return addressFlow(from, to.address, to.port, allNodes, { asked: true, expectListener: to.port !== undefined });
  const outside = to ? [] : (subject.outside ?? []);
  return outside.flatMap((address) => addressFlow(from, address, 53, allNodes, { asked: true, expectListener: false }));
}

function addressFlow(
  from: ScenePod,
  address: string,
  port: number | undefined,
  nodes: readonly SceneNode[],
  expected: Pick<Flow, "asked" | "expectListener">,
): Flow[] {
  const family = familyOf(address);
  if (!family) return [];
  const rest = {
    scope: scopeOf(from, canonicalAddress(address) ?? address, nodes),
    host: address,
    port: port ?? 443,
    http: port === 80,
    ...expected,
  };
  return [flow(from, { kind: "address", address }, family, rest)];
}

function scopeOf(from: ScenePod, address: string, nodes: readonly SceneNode[]): FlowScope {
  if (nodes.some(({ internalIPs }) => internalIPs.includes(address))) return "node";
  const parsed = parseAddress(address);
  const holder = nodes.find(({ podCIDRs }) =>
    podCIDRs.some((text) => {
      const prefix = parsePrefix(text);
      return prefix !== undefined && parsed !== undefined && contains(prefix, parsed);
    }),
  );
  if (!holder) return "outside";
  return holder.name === from.node ? "same-node" : "other-node";
}

function tcpPort(pod: KubeObject): { containerPort: number; name?: string } | undefined {
  const containers = (pod.spec?.containers ?? []) as {
    name: string;
    ports?: { containerPort: number; protocol?: string; name?: string }[];
  }[];
  return containers
    .filter(({ name }) => !proxies.has(name))
    .flatMap(({ ports }) => ports ?? [])
    .find(({ protocol }) => protocol !== "UDP" && protocol !== "SCTP");
}
