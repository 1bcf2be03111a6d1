import type { Family } from "../addresses/address.ts";
import { type Answer, answered, type Cluster, type KubeObject, refused } from "../cluster/cluster.ts";
import type { RunRecord, Workloads } from "../cluster/workloads.ts";
import { diallers, planConfigMap, type Where } from "./bodies.ts";
import type { NodeNotLooked } from "./eligible.ts";
import { isSound, planText, type RingListener, type RingPair } from "./plan.ts";
import { type RingPod, ringPods } from "./pods.ts";
import { type RingDial, readDiallerLog } from "./results.ts";
import { untilReady, type Within } from "./wait.ts";

export interface RoundOf {
  readonly cluster: Cluster;
  readonly workloads: Workloads;
  readonly run: RunRecord;
  readonly owner: KubeObject;
  readonly within: Within;
  progress(words: string): void;
}

export interface RoundPlan {
  readonly listeners: readonly RingListener[];
  readonly dials: readonly RingPair[];
  readonly where: Where;
}

/** A ConfigMap holds 1 MiB. https://kubernetes.io/docs/concepts/configuration/configmap/#motivation */
const mostOfPlan = 1_000_000;

/** Logs that are asked for at once, and milliseconds until one that has not ended is asked for again, and until none is. */
const atOnce = 16;
const again = 1_000;
const patience = 90_000;

/** Lets pods dial what a plan says and reads it from their logs; the pods and the plan are gone, or about to be, when it resolves. */
export async function dialRound(
  { cluster, workloads, run, owner, within, progress }: RoundOf,
  number: number,
  { listeners, dials, where }: RoundPlan,
): Promise<Answer<{ readonly dials: readonly RingDial[]; readonly not: readonly NodeNotLooked[] }>> {
  const plan = involved(listeners, dials);
  const text = planText(plan.listeners, plan.dials);
  if (text.length > mostOfPlan)
    return refused(
      "failed",
      `The plan for ${plan.listeners.length} nodes is larger than a ConfigMap may be.`,
      "Look at fewer nodes at once, by --selector, or give fewer --partners.",
    );
  const map = planConfigMap(run, owner, number, text);
  const planned = await workloads.create(run, "ConfigMap", map);
  if (!planned.ok) return planned;
  const sources = new Set(plan.dials.map(([from]) => plan.listeners[from]?.node ?? ""));
  const made = await workloads.create(run, "DaemonSet", diallers(run, owner, number, where));
  if (!made.ok) return made;
  const waited = await untilReady(cluster, made.value, sources.size, within, (ready) =>
    progress(`round ${number}: ${ready} of ${sources.size} nodes dial`),
  );
  if (!waited.ok) return waited;
  const pods = await ringPods(cluster, run, `dial-${number}`, within.signal);
  if (!pods.ok) return pods;
  const read = await readAll(pods.value.filter(({ node }) => sources.has(node)));
  await workloads.remove(run, "DaemonSet", made.value.metadata.name);
  await workloads.remove(run, "ConfigMap", map.metadata.name);
  const silent = [...sources].flatMap((node): NodeNotLooked[] => {
    const why =
      read.get(node)?.why ?? (pods.value.some((pod) => pod.node === node) ? undefined : "no pod was made to dial");
    return why === undefined ? [] : [{ node, why }];
  });
  return answered({ dials: [...read.values()].flatMap((one) => one.dials), not: silent });

  async function readAll(all: readonly RingPod[]): Promise<Map<string, Read>> {
    const found = new Map<string, Read>();
    const until = Math.min(within.until, within.clock.now() + patience);
    for (let open = all; open.length > 0; ) {
      const left: RingPod[] = [];
      const queue = [...open];
      const worker = async () => {
        for (let pod = queue.pop(); pod && !within.signal.aborted; pod = queue.pop()) {
          const { ended, ...read } = await readOne(pod);
          found.set(pod.node, read);
          if (!ended) left.push(pod);
          progress(`round ${number}: ${found.size - left.length} of ${all.length} logs read`);
        }
      };
      await Promise.all(Array.from({ length: atOnce }, worker));
      open = left;
      if (within.signal.aborted || within.clock.now() > until) break;
      if (open.length > 0) await within.clock.pause(again);
    }
    return found;
  }

  async function readOne(pod: RingPod): Promise<Read & { readonly ended: boolean }> {
    const from = { namespace: run.namespace, pod: pod.name, container: "ring" };
    const log = await cluster.logs(from, { lines: 2_000, signal: within.signal });
    if (!log.ok) return { dials: [], why: log.refusal.message, ended: false };
    const families = Object.keys(pod.addresses) as Family[];
    const { dials: made, ended, unable } = readDiallerLog(log.value, pod.node, plan.listeners, families);
    if (unable) return { dials: [], why: "the image has nothing to dial with", ended: true };
    return ended
      ? { dials: made, ended }
      : { dials: made, ended, why: "its pod had not made all of its dials when it was last asked" };
  }
}

interface Read {
  readonly dials: readonly RingDial[];
  /** Why it is not all. */
  readonly why?: string;
}

/** The listeners that a round speaks of and its dials among them; one that cannot be written down is in none. */
function involved(
  listeners: readonly RingListener[],
  dials: readonly RingPair[],
): Pick<RoundPlan, "listeners" | "dials"> {
  const sound = dials.filter((dial) => dial.every((index) => listeners[index] && isSound(listeners[index])));
  const used = [...new Set(sound.flat())].sort((a, b) => a - b);
  const indexOf = new Map(used.map((index, at) => [index, at]));
  return {
    listeners: used.flatMap((index) => listeners[index] ?? []),
    dials: sound.map(([from, to]) => [indexOf.get(from) ?? 0, indexOf.get(to) ?? 0] as const),
  };
}
