import type { KubeObject } from "../cluster/cluster.ts";
import type { PodRef } from "../judging/subject.ts";

/** The pods a Service sends to, in either family. */
export interface Backends {
  /** Those that are dialled one by one. */
  readonly dialled: readonly Backend[];
  readonly ready: number;
  /** The nodes of those that are ready. */
  readonly readyOn: readonly string[];
  /** Listed, and sent to by nobody. */
  readonly unready: number;
  /** Where endpoints are that somebody else than Kubernetes lists: no pod is named for them. */
  readonly unnamedOn: readonly string[];
}

export interface Backend extends PodRef {
  readonly nodeName: string | undefined;
  /** Where its TCP ports are, by the name of the Service's port ("" if it has none). */
  readonly ports: Readonly<Record<string, number>>;
}

export const noBackends: Backends = { dialled: [], ready: 0, readyOn: [], unready: 0, unnamedOn: [] };

/** More are not dialled: the exec must stay short. */
const mostDialled = 6;
const mostNodes = 2;

/** Reads EndpointSlices; of many backends those of different nodes come first. */
export function backendsIn(slices: readonly KubeObject[]): Backends {
  const listed = slices.flatMap(({ endpoints, ports, metadata }) =>
    ((endpoints ?? []) as Endpoint[])
      .filter(({ targetRef }) => targetRef?.kind === "Pod")
      .map(({ targetRef, nodeName, conditions }) => ({
        nodeName,
        namespace: targetRef?.namespace ?? metadata.namespace ?? "",
        name: targetRef?.name ?? "",
        ports: tcpPorts((ports ?? []) as Port[]),
        isReady: conditions?.ready !== false,
      })),
  );
  // Both families of a pod are listed, and it counts once.
  const ready = distinct(listed.filter(({ isReady }) => isReady));
  const unready = distinct(listed.filter(({ isReady }) => !isReady)).filter(
    ({ name }) => !ready.some((one) => one.name === name),
  );
  const unnamedOn = slices
    .flatMap(({ endpoints }) => (endpoints ?? []) as Endpoint[])
    .flatMap(({ targetRef, nodeName }) => (targetRef === undefined && nodeName ? nodeName : []));
  return {
    dialled: spread(ready).slice(0, mostDialled),
    ready: ready.length,
    readyOn: [...new Set(ready.flatMap(({ nodeName }) => nodeName ?? []))],
    unready: unready.length,
    unnamedOn: [...new Set(unnamedOn)].slice(0, mostNodes),
  };
}

interface Endpoint {
  readonly targetRef?: { readonly kind?: string; readonly name: string; readonly namespace?: string };
  readonly nodeName?: string;
  readonly conditions?: { readonly ready?: boolean };
}

interface Port {
  readonly name?: string;
  readonly port?: number;
  readonly protocol?: string;
}

function tcpPorts(ports: readonly Port[]): Record<string, number> {
  const tcp = ports.filter(({ protocol = "TCP", port }) => protocol === "TCP" && port !== undefined);
  return Object.fromEntries(tcp.map(({ name = "", port = 0 }) => [name, port]));
}

function distinct<T extends PodRef>(all: readonly T[]): T[] {
  return [...new Map(all.map((one) => [`${one.namespace}/${one.name}`, one])).values()];
}

/** One of every node, then the second of every node, and so on. */
function spread(all: readonly Backend[]): Backend[] {
  const seen = new Map<string, number>();
  const turns = all.map((backend) => {
    const node = backend.nodeName ?? backend.name;
    const turn = seen.get(node) ?? 0;
    seen.set(node, turn + 1);
    return { backend, turn };
  });
  return turns.sort((a, b) => a.turn - b.turn).map(({ backend }) => backend);
}
