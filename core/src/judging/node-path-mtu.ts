import { type Family, familyOf } from "../addresses/address.ts";
import type { Answer } from "../cluster/cluster.ts";
import { type PathMtu, type PathMtuArgs, probe as pathMtu } from "../probes/path-mtu.ts";
import { type Asking, type Question, question, tryAsk } from "../probing/probe.ts";
import { interfaceTo, type Link } from "./interface-to.ts";
import type { Scene, SceneNode } from "./scene.ts";

/** How large packets between two nodes may be, where no pod and no tunnel of the cluster has a part in it. */
export interface NodePathMtu {
  readonly near: SceneNode;
  readonly far: SceneNode;
  readonly family: Family;
  /** The interface of the near node. */
  readonly uplink: Link;
  readonly measured: Answer<PathMtu>;
  readonly by: Question<PathMtu>;
}

/** From the node of the source to that of a pod, over one family; undefined where they are one, or have no such address. */
export function* nodePathMtu(
  { nodes }: Pick<Scene, "nodes">,
  farName: string,
  family: Family,
): Asking<Answer<NodePathMtu | undefined>> {
  const [near] = nodes;
  const far = nodes.find(({ name }) => name === farName);
  const host = far?.internalIPs.find((ip) => familyOf(ip) === family);
  if (!near || !far || far === near || host === undefined) return { ok: true, value: undefined };
  const at = { kind: "node", node: near.name } as const;
  const uplink = yield* interfaceTo(at, family, host);
  if (!uplink.ok || !uplink.value) return uplink.ok ? { ok: true, value: undefined } : uplink;
  const args: PathMtuArgs = { at, family, host, most: uplink.value.mtu };
  const measured = yield* tryAsk(pathMtu, args);
  return { ok: true, value: { near, far, family, uplink: uplink.value, measured, by: question(pathMtu, args) } };
}

/** Packets that the interface takes vanish between the nodes themselves, though smaller ones come, and nobody tells. */
export function vanishes(measured: PathMtu): measured is PathMtu & { readonly largest: number; readonly next: number } {
  const { largest, next, told, uneven } = measured;
  return largest !== undefined && next !== undefined && !told && !uneven;
}

/** "over IPv6 packets of up to 1400 bytes pass between node n1 and node n2, though eth0 takes 1500" */
export function narrowWords({ near, far, family, uplink }: NodePathMtu, largest: number): string {
  return `over ${family} packets of up to ${largest} bytes pass between node ${near.name} and node ${far.name}, though ${uplink.device} takes ${uplink.mtu}`;
}
