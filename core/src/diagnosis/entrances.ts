import { type Family, familyOf } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import type { Scene, SceneNode } from "../judging/scene.ts";
import { type Subject, targetName } from "../judging/subject.ts";
import { sickNodes } from "./choose-source.ts";
import { servicePort } from "./service-flows.ts";

/** Where a client that is no pod gets in, exactly as the API object says it. */
export interface Entrance {
  /** "load balancer of Service shop/web", "node port of Service shop/web on node n1" */
  readonly to: string;
  /** An address, or a name that an address has to be found for. */
  readonly at: { readonly family: Family; readonly host: string } | { readonly hostname: string };
  readonly port: number;
  /** It is there for clients: that nobody gets in is a failure by itself, and not only beside the other family that does. */
  readonly door: boolean;
}

/** What leads in, and what does not, in sentences. */
export interface Entrances {
  readonly all: readonly Entrance[];
  readonly remarks: readonly string[];
}

/** More nodes are not dialled at their port: the exec must stay short. */
const mostNodes = 6;

/** The ways in of the Service, or of the Ingress, Gateway or route that was asked for. */
export function entrancesOf(
  { services: [service], allNodes }: Scene,
  subject: Subject,
  ready: readonly string[],
): Entrances {
  const { front, to } = subject;
  if (front) {
    const { what, namespace, name, addresses, names = [], port } = front;
    const all = [...addresses, ...names].flatMap((one) => entrance(`${what} ${namespace}/${name}`, one, port, true));
    return {
      all,
      remarks: all.length === 0 ? [`${what} ${namespace}/${name} has no address to dial from outside`] : [],
    };
  }
  const chosen = service && to?.kind === "service" ? servicePort(service, to) : undefined;
  if (!service || !chosen) return { all: [], remarks: [] };
  const { object } = service;
  const name = targetName({ kind: "service", namespace: service.namespace, name: service.name });
  const { externalIPs = [], type } = (object.spec ?? {}) as { externalIPs?: string[]; type?: string };
  const given = [
    ...balancerAddresses(object).flatMap((one) => entrance(`load balancer of ${name}`, one, chosen.port, true)),
    ...externalIPs.flatMap((one) => entrance(`external IP of ${name}`, one, chosen.port, true)),
  ];
  const ported = nodesWith(object, allNodes, ready);
  const { nodePort } = chosen;
  const ports =
    nodePort === undefined
      ? []
      : ported.nodes.flatMap((node) =>
          addressesOf(node).flatMap((one) =>
            entrance(`node port of ${name} on node ${node.name}`, one, nodePort, type === "NodePort"),
          ),
        );
  const all = [...given, ...ports];
  const nothing = `${name} is of type ${type ?? "ClusterIP"} and has no address to dial from outside`;
  return { all, remarks: [...(nodePort === undefined ? [] : ported.remarks), ...(all.length === 0 ? [nothing] : [])] };
}

/** None where there is no text. */
export function entrance(to: string, text: string, port: number, door: boolean): Entrance[] {
  const family = familyOf(text);
  if (text === "") return [];
  return [{ to, at: family ? { family, host: text } : { hostname: text }, port, door }];
}

function balancerAddresses({ status }: KubeObject): string[] {
  const listed = (status?.loadBalancer?.ingress ?? []) as { ip?: string; hostname?: string }[];
  return listed.map(({ ip, hostname = "" }) => ip ?? hostname);
}

function addressesOf({ object }: SceneNode): string[] {
  const listed = (object.status?.addresses ?? []) as { type: string; address: string }[];
  const found = listed.filter(({ type, address }) => /^(InternalIP|ExternalIP)$/.test(type) && familyOf(address));
  return [...new Set(found.map(({ address }) => address))];
}

/**
 * The nodes whose port should answer: with externalTrafficPolicy Local only those that have a ready pod behind it.
 * {@link https://kubernetes.io/docs/reference/networking/virtual-ips/#external-traffic-policy}
 */
function nodesWith({ spec }: KubeObject, nodes: readonly SceneNode[], ready: readonly string[]) {
  const sick = sickNodes(nodes);
  const up = nodes.filter(({ name }) => !sick.has(name));
  const local = spec?.externalTrafficPolicy === "Local";
  const serving = local ? up.filter(({ name }) => ready.includes(name)) : up;
  const chosen = serving.slice(0, mostNodes);
  const remarks = [
    ...(local && serving.length < up.length
      ? [
          `${up.length - serving.length} of ${up.length} nodes have no ready pod behind it, and answer no client at its node port (externalTrafficPolicy Local)`,
        ]
      : []),
    ...(chosen.length < serving.length
      ? [`its node port was dialled on ${chosen.length} of ${serving.length} nodes`]
      : []),
  ];
  return { nodes: chosen, remarks };
}
