import { type Family, familyOf } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import type { Flow, Name, SceneNode, ScenePod, SceneService, Scope } from "../judging/scene.ts";
import { type Subject, type Target, targetName } from "../judging/subject.ts";

interface Parts {
  readonly subject: Subject;
  readonly options: { readonly outside: readonly string[]; readonly outsideAsked: boolean };
  readonly pods: readonly ScenePod[];
  readonly nodes: readonly SceneNode[];
  readonly allNodes: readonly SceneNode[];
  readonly services: readonly SceneService[];
  readonly dns: KubeObject | undefined;
}

const families: readonly Family[] = ["IPv6", "IPv4"];
/** The kubelet listens here on every node, and a refusal would prove the path as well. */
const kubeletPort = 10250;
const unlikelyPort = 9;

/** Every connection worth trying from the source pod, in both families. */
export function flowsOf(parts: Parts): Flow[] {
  const [source, ...others] = parts.pods;
  if (!source) return [];
  return [
    ...others.flatMap((pod) => podFlows(source, pod, parts.subject.to)),
    ...parts.services.flatMap((service) => serviceFlows(source, service, parts.subject.to)),
    ...targetFlows(source, parts),
  ];
}

/** From the first pod of another node (else the first) back to the source, where the source speaks HTTP. */
export function returnsOf({ pods }: Parts): Flow[] {
  const [source, ...others] = pods;
  const peer = others.find(({ node }) => node !== source?.node) ?? others[0];
  if (!source || !peer || peer.hostNetwork) return [];
  return podFlows(peer, source, undefined).filter(({ http, host }) => http && host !== undefined);
}

/** A dial of another pod on the node of a target pod, over IPv6. */
export function witnessOf({ subject, pods: [source, target] }: Parts, around: readonly ScenePod[]): Flow | undefined {
  if (subject.to?.kind !== "pod" || !source || !target || source.node === target.node) return undefined;
  const other = around.find(
    (pod) => pod.node === target.node && pod.ips.IPv6 && !pod.hostNetwork && pod.ips.IPv6 !== target.ips.IPv6,
  );
  return other && podFlows(source, other, undefined).find(({ family }) => family === "IPv6");
}

/** Names that should resolve: the target, the Services of the scene. Each type is asked of each address of the cluster's DNS. */
export function namesOf({ subject, pods, services, dns, domain }: Parts & { readonly domain: string }): Name[] {
  const [from] = pods;
  const servers = ((dns?.spec?.clusterIPs ?? []) as string[]).filter((ip) => familyOf(ip));
  if (!from || servers.length === 0) return [];
  const wanted: Pick<Name, "name" | "service" | "justReach">[] = services.map((service) => ({
    name: `${service.name}.${service.namespace}.svc.${domain}`,
    service,
  }));
  if (subject.to?.kind === "name") wanted.push({ name: subject.to.name });
  if (wanted.length === 0) wanted.push({ name: `kubernetes.default.svc.${domain}`, justReach: true });
  const reachable = servers.filter((server) => from.ips[familyOf(server) ?? "IPv6"] !== undefined);
  return wanted.flatMap((entry) =>
    reachable.flatMap((server) => typesOf(entry).map((type): Name => ({ from, server, type, ...entry }))),
  );
}

function typesOf({ justReach }: Pick<Name, "justReach">): Name["type"][] {
  return justReach ? ["A"] : ["AAAA", "A"];
}

function podFlows(from: ScenePod, to: ScenePod, target: Target | undefined): Flow[] {
  const asked = target?.kind === "pod" ? target.port : undefined;
  const declared = tcpPort(to.object);
  const port = asked ?? declared?.containerPort ?? unlikelyPort;
  return families.map((family) =>
    flow(from, { kind: "pod", namespace: to.namespace, name: to.name, port }, family, {
      toPod: to,
      scope: from.node === to.node ? "same-node" : "other-node",
      host: to.ips[family],
      port,
      expectListener: asked !== undefined || declared !== undefined,
      asked: target?.kind === "pod",
      http: family === "IPv6" && /http/.test(declared?.name ?? "") && declared?.containerPort === port,
    }),
  );
}

function serviceFlows(from: ScenePod, service: SceneService, target: Target | undefined): Flow[] {
  const spec = service.object.spec ?? {};
  const ports = (spec.ports ?? []) as { port: number; protocol?: string }[];
  const asked = target?.kind === "service" ? target.port : undefined;
  const chosen = ports.find(({ port, protocol }) => (asked === undefined ? protocol !== "UDP" : port === asked));
  if (!chosen || spec.type === "ExternalName") return [];
  const clusterIPs = ((spec.clusterIPs ?? []) as string[]).filter((ip) => familyOf(ip));
  if (clusterIPs.length === 0 && spec.clusterIP === "None") return [];
  return families.map((family) =>
    flow(from, { kind: "service", namespace: service.namespace, name: service.name, port: chosen.port }, family, {
      service,
      scope: "service",
      host: clusterIPs.find((ip) => familyOf(ip) === family),
      port: chosen.port,
      expectListener: true,
      asked: target?.kind === "service",
      // Requests through a Service land on different pods, so that their sizes cannot be compared.
      http: false,
    }),
  );
}

function targetFlows(from: ScenePod, { subject, allNodes, options }: Parts): Flow[] {
  const { to } = subject;
  if (to?.kind === "node") {
    const node = allNodes.find(({ name }) => name === to.name);
    return families.map((family) =>
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
  if (to?.kind === "address") return addressFlow(from, to.address, to.port, allNodes, { target: true, asked: true });
  const kind = { target: false, asked: options.outsideAsked };
  return to ? [] : options.outside.flatMap((address) => addressFlow(from, address, 53, allNodes, kind));
}

function addressFlow(
  from: ScenePod,
  address: string,
  port: number | undefined,
  nodes: readonly SceneNode[],
  { target, asked }: { readonly target: boolean; readonly asked: boolean },
): Flow[] {
  const family = familyOf(address);
  if (!family) return [];
  const scope: Scope = nodes.some(({ internalIPs }) => internalIPs.includes(address)) ? "node" : "outside";
  return [
    flow(from, { kind: "address", address }, family, {
      scope,
      host: address,
      port: port ?? 443,
      expectListener: target && port !== undefined,
      asked,
      http: port === 80,
    }),
  ];
}

type Rest = Pick<Flow, "scope" | "host" | "port" | "expectListener" | "asked" | "http"> &
  Partial<Pick<Flow, "toPod" | "service">>;

function flow(from: ScenePod, target: Target, family: Family, rest: Rest): Flow {
  const to = targetName(target);
  return { id: `${family} ${from.namespace}/${from.name} > ${to}`, from, to, target, family, ...rest };
}

function tcpPort(pod: KubeObject): { containerPort: number; name?: string } | undefined {
  const containers = (pod.spec?.containers ?? []) as {
    ports?: { containerPort: number; protocol?: string; name?: string }[];
  }[];
  return containers
    .flatMap(({ ports }) => ports ?? [])
    .find(({ protocol }) => protocol !== "UDP" && protocol !== "SCTP");
}
