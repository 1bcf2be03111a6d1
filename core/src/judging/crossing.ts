import { familyOf } from "../addresses/address.ts";
import type { Answer } from "../cluster/cluster.ts";
import { probe as counters } from "../probes/counters.ts";
import { probe as dial } from "../probes/dial.ts";
import { type Transit, probe as transit } from "../probes/transit.ts";
import type { Attempt } from "../probing/bundle.ts";
import { type Asking, type Question, question, tryAsk, tryAskAll } from "../probing/probe.ts";
import type { Case } from "./cause.ts";
import { dialArgs } from "./dial-args.ts";
import type { Ground } from "./proof.ts";
import type { Flow, Scene, SceneNode } from "./scene.ts";
import { outcomeOf, type Symptom } from "./symptom.ts";
import { trackedOf, trackedWith, withTracked } from "./tracking.ts";

/** One dial watched on the nodes it passes, in one moment; and a dial from node to node beside it, which meets no pod. */
export interface Crossing {
  readonly flow: Flow;
  readonly near: SceneNode;
  readonly far: SceneNode | undefined;
  /** The questions, in the order of the answers below; undefined where there is nothing to ask. */
  readonly questions: {
    readonly again: Question<Attempt>;
    readonly near: Question<Transit>;
    readonly far: Question<Transit> | undefined;
    /** From node to node, where no pod's address is in the packet. */
    readonly control: Question<Attempt> | undefined;
    /** From the node to the very pod: only the source differs. */
    readonly direct: Question<Attempt> | undefined;
  };
}

export interface Crossed {
  readonly again: Answer<Attempt>;
  readonly near: Answer<Transit>;
  readonly far: Answer<Transit> | undefined;
  readonly control: Answer<Attempt> | undefined;
  readonly direct: Answer<Attempt> | undefined;
}

const kubeletPort = 10250;

/** The questions for the way of a flow; undefined if its node is not known. */
export function crossingOf({ nodes }: Pick<Scene, "nodes">, flow: Flow, patience: number): Crossing | undefined {
  const near = nodes.find(({ name }) => name === flow.from.node);
  if (!near || flow.host === undefined) return undefined;
  const far = nodes.find(({ name }) => name === flow.toPod?.node && name !== near.name);
  const together = `crossing ${flow.id}`;
  const { haste: _haste, again: _again, ...patient } = dialArgs(flow, patience);
  const own = (node: SceneNode) => node.internalIPs.find((ip) => familyOf(ip) === flow.family);
  const of = [flow.from.ips[flow.family], far ? own(near) : undefined].flatMap((address) => address ?? []);
  const watch = (node: SceneNode) => question(transit, { node: node.name, of, seconds: patience + 0.3, together });
  const control = far && own(far);
  const fromNode = (host: string, port: number) => {
    const at = { kind: "node", node: near.name } as const;
    return question(dial, { at, family: flow.family, host, port, seconds: patience, together });
  };
  return {
    flow,
    near,
    far,
    questions: {
      again: question(dial, { ...patient, together }),
      near: watch(near),
      far: far && watch(far),
      control: control === undefined ? undefined : fromNode(control, kubeletPort),
      direct: far ? fromNode(flow.host, flow.port) : undefined,
    },
  };
}

/** Watching takes an exec on each node and seconds of waiting, so that one dial stands for all that go the same way. */
const mostWatched = 2;

/** The lost dials worth watching: one for each way a packet can go. */
export function crossingsOf(
  scene: Pick<Scene, "nodes">,
  failures: readonly Symptom[],
  patience: number,
): readonly Crossing[] {
  const lost = failures.flatMap(({ flow, outcome, ms = 0 }) =>
    flow && onTheWay.has(outcome) && (outcome === "timeout" || ms >= leftThePod) ? [flow] : [],
  );
  const ways = new Map([...lost].reverse().map((flow) => [`${flow.scope} ${flow.toPod?.node ?? ""}`, flow]));
  const first = [...ways.values()].reverse().sort((a, b) => order(a) - order(b));
  return first.slice(0, mostWatched).flatMap((flow) => crossingOf(scene, flow, patience) ?? []);
}

const onTheWay = new Set(["timeout", "host-unreachable", "network-unreachable", "denied", "refused"]);
/** Milliseconds: what is answered sooner never left the pod, or came to its target. */
const leftThePod = 500;

/** From pod to pod most can be seen. */
function order({ scope }: Flow): number {
  return scope === "other-node" ? 0 : scope === "same-node" ? 1 : 2;
}

/** Dials once more, and watches; what a node tracks is asked of another container where the first has no program for it. */
export function* watchCrossing({ questions }: Crossing): Asking<Crossed> {
  const { again, near, far, control, direct } = questions;
  const asked: Question[] = [control, direct, again, far, near].flatMap((one) => one ?? []);
  const answers = yield* tryAskAll(asked);
  const of = <V>(one: Question<V>) => answers[asked.indexOf(one)] as Answer<V>;
  return {
    again: of(again),
    near: yield* withTracked(near, of(near)),
    far: far && (yield* withTracked(far, of(far))),
    control: control && of(control),
    direct: direct && of(direct),
  };
}

/** By what it was seen which connections the near node tracks. */
export function trackingSeen({ questions }: Crossing, { near }: Pick<Crossed, "near">): Question {
  return near.ok && near.value.lacksProgram ? trackedWith(questions.near) : questions.near;
}

/**
 * The observation that a Service's address left its node untranslated: the answer is expected from the address itself. It holds
 * whatever should have translated it. undefined if it was translated, or was not seen.
 */
export function* leftUntranslated({ scene, patience }: Case, { flow }: Symptom): Asking<Question | undefined> {
  const crossing = flow ? crossingOf(scene, flow, patience) : undefined;
  if (!flow || !crossing) return undefined;
  const { near } = yield* watchCrossing(crossing);
  const tracked = near.ok ? trackedOf(flow, near.value) : undefined;
  return tracked?.unreplied && tracked.reply.source === flow.host ? trackingSeen(crossing, { near }) : undefined;
}

/** A dial of the node itself that came to the other node, or to the pod: somebody answered, if only to refuse. */
export function controlOf({ questions }: Crossing, crossed: Crossed): Ground | undefined {
  const dials = [
    [questions.control, crossed.control],
    [questions.direct, crossed.direct],
  ] as const;
  return dials.flatMap(([asked, dialled]) => {
    const { outcome } = dialled?.ok ? outcomeOf(dialled.value) : { outcome: undefined };
    return asked && (outcome === "ok" || outcome === "refused") ? [asked] : [];
  })[0];
}

/** The looks at the nodes that a dial was watched by. */
export function watchedBy({ questions }: Crossing, { near, far }: Crossed): readonly [Ground, ...Ground[]] {
  const also = (asked: Question<Transit> | undefined, seen: Answer<Transit> | undefined) =>
    asked && seen?.ok && seen.value.lacksProgram && seen.value.tracked ? [trackedWith(asked)] : [];
  const looks = [...(questions.far ? [questions.far] : []), ...also(questions.near, near), ...also(questions.far, far)];
  return [questions.near, ...looks];
}

/**
 * How often a node asked for neighbours while a dial failed, and the observation that counted it: its counters around the first
 * dials, else those of a dial that was watched, since a neighbour that failed is asked for again a second later.
 */
export function* neighboursAsked(
  { scene, patience }: Case,
  node: SceneNode,
  { flow }: Symptom,
): Asking<{ readonly asked: number; readonly by: Question }> {
  const at = { at: { kind: "node", node: node.name } } as const;
  const counted = yield* tryAsk(counters, at);
  const asked = counted.ok ? (counted.value.moved.Icmp6OutNeighborSolicits ?? 0) : 0;
  const crossing = asked === 0 && flow ? crossingOf(scene, flow, patience) : undefined;
  const of = [crossing?.questions.near, crossing?.questions.far].find(
    (one) => (one?.args as { node?: string })?.node === node.name,
  );
  if (!crossing || !of) return { asked, by: question(counters, at) };
  const { near, far } = yield* watchCrossing(crossing);
  const seen = of === crossing.questions.near ? near : far;
  return { asked: seen?.ok ? (seen.value.counters.Icmp6OutNeighborSolicits ?? 0) : 0, by: of };
}
