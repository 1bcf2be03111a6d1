import { type Answer, answered, refused } from "../cluster/cluster.ts";
import { probe as pathMtu } from "../probes/path-mtu.ts";
import { type Asking, tryAsk } from "../probing/probe.ts";
import type { Case } from "./cause.ts";
import { vantageOf } from "./dial-args.ts";
import { interfaceTo } from "./interface-to.ts";
import { type NodePathMtu, narrowWords, nodePathMtu, vanishes } from "./node-path-mtu.ts";
import type { Ground } from "./proof.ts";
import type { Flow, SceneNode } from "./scene.ts";
import type { Symptom } from "./symptom.ts";
import { carriers, type TunnelTo, tunnelTo } from "./tunnel-to.ts";

/** What was seen of the way between the nodes of dials that hang. */
export interface NarrowUnderlay {
  /** The dials between these nodes. */
  readonly dials: readonly Symptom[];
  /** Between which large packets vanish; undefined: on none of the ways that were tried. */
  readonly narrow: NarrowBetween | undefined;
  /** Where nothing vanishes, by what that was seen. */
  readonly looked: readonly Ground[];
}

export interface NarrowBetween {
  readonly between: NodePathMtu;
  /** Bytes of the largest packet that passes. */
  readonly largest: number;
  readonly because: string;
  /** That this is what carries the pods' packets is not known: neither the tunnel says so, nor do the sizes agree. */
  readonly unsure?: true;
}

/** Whether large packets vanish between the nodes themselves; undefined where no dial that hangs goes to another node. */
export function* narrowUnderlay(
  { scene }: Case,
  stalled: readonly Symptom[],
): Asking<Answer<NarrowUnderlay | undefined>> {
  const [near] = scene.nodes;
  const first = stalled.flatMap(({ flow }) => flow ?? []).find((flow) => leaves(flow, near));
  const far = first?.toPod?.node;
  if (!near || !first || far === undefined) return answered(undefined);
  const dials = stalled.filter(({ flow }) => flow?.toPod?.node === far);
  const tunnel = yield* tunnelTo(near, first);
  const looked: Ground[] = [];
  for (const family of carriers(tunnel, first)) {
    const answer = yield* nodePathMtu(scene, far, family);
    if (!answer.ok) return answer;
    const between = answer.value;
    if (!between) continue;
    const { measured, by } = between;
    if (!measured.ok) return measured;
    if (vanishes(measured.value)) {
      const { largest } = measured.value;
      const sure = carriers(tunnel, first).length === 1 || (yield* agrees(first, between, largest, tunnel));
      const narrow = {
        between,
        largest,
        because: narrowWords(between, largest),
        ...(sure ? {} : { unsure: true as const }),
      };
      return answered({ dials, narrow, looked: [by] });
    }
    // Nodes that answer no echo, or lose packets of all sizes, say nothing of large ones.
    if (measured.value.largest === undefined || measured.value.uneven)
      return refused("failed", `the echoes over ${family} do not tell`);
    looked.push(by);
  }
  return answered({ dials, narrow: undefined, looked });
}

function leaves({ from, toPod }: Flow, near: SceneNode | undefined): boolean {
  return toPod !== undefined && from.node === near?.name && toPod.node !== near.name;
}

/** What passes from pod to pod is smaller by just what the tunnel takes over that family. */
function* agrees(
  { from, family, host = "" }: Flow,
  between: NodePathMtu,
  largest: number,
  tunnel: TunnelTo | "none" | "unknown",
): Asking<boolean> {
  const at = vantageOf(from);
  const own = yield* interfaceTo(at, family, host);
  if (!own.ok || !own.value || typeof tunnel === "string") return false;
  const seen = yield* tryAsk(pathMtu, { at, family, host, most: own.value.mtu });
  return seen.ok && seen.value.largest === largest - (tunnel.bytes[between.family] ?? 0);
}
