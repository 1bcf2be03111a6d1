import {
  type AbortSignalLike,
  type Answer,
  answered,
  type Cluster,
  type KubeObject,
  type Refusal,
  refused,
} from "../cluster/cluster.ts";
import { workloadKinds } from "../cluster/workloads.ts";

/** The time of whoever runs it; core has none of its own. Milliseconds. */
export interface Clock {
  now(): number;
  pause(milliseconds: number): Promise<void>;
}

/** Until when something may go on. */
export interface Within {
  readonly clock: Clock;
  readonly signal: AbortSignalLike;
  readonly until: number;
}

/** Milliseconds without one more pod being ready, after which the others are gone on without: an image may have to be fetched. */
const stall = 40_000;
/** The same once nine of ten are: what takes the others so much longer is no image. */
const stallOfFew = 15_000;
const between = 500;

/**
 * Waits until the pods of a DaemonSet are ready, or no more of them come to be: the object alone is asked, however many pods there are.
 * `expected` pods are waited for, or as many as the controller says. Resolves to how many are ready.
 */
export async function untilReady(
  cluster: Cluster,
  { metadata: { name, namespace = "" } }: KubeObject,
  expected: number,
  { clock, signal, until }: Within,
  heard: (ready: number) => void,
): Promise<Answer<number>> {
  let [ready, since] = [-1, clock.now()];
  for (;;) {
    if (signal.aborted) return refused("cancelled", "It was cancelled.");
    const found = await cluster.get(workloadKinds.DaemonSet, name, { namespace, signal });
    // A server that is busy with so many pods may be late once.
    if (!found.ok && (!isPassing(found.refusal) || clock.now() > until)) return found;
    const { numberReady, desiredNumberScheduled } = (found.ok && found.value.status) || {};
    const now = typeof numberReady === "number" ? numberReady : Math.max(ready, 0);
    if (now !== ready) {
      [ready, since] = [now, clock.now()];
      heard(ready);
    }
    const wanted = typeof desiredNumberScheduled === "number" ? desiredNumberScheduled : 0;
    if (wanted > 0 && ready >= wanted && ready >= Math.min(expected, wanted)) return answered(ready);
    const patience = ready * 10 >= wanted * 9 && ready > 0 ? stallOfFew : stall;
    if (clock.now() - since > patience || clock.now() > until) return answered(ready);
    await clock.pause(between);
  }
}

function isPassing({ reason }: Refusal): boolean {
  return reason === "timeout" || reason === "unreachable";
}
