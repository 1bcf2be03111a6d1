import type { Refusal } from "../cluster/cluster.ts";
import { probe as dialProbe } from "../probes/dial.ts";
import { type Asking, NotLooked, type Question, question, tryAsk, type Vantage } from "../probing/probe.ts";
import type { Case, Remedy } from "./cause.ts";
import { twinOf } from "./compared.ts";
import { duringArgs, vantageOf } from "./dial-args.ts";
import type { Flow, SceneNode, ScenePod } from "./scene.ts";
import { delayed, lateBy, type Outcome, type Symptom } from "./symptom.ts";

/**
 * The failed dials over IPv6, of the given outcomes if any are given. That nothing failed is worth nothing where nothing
 * was dialled: the judging cause ends as `unknown` then.
 */
export function failedDials(subject: Case, ...outcomes: readonly Outcome[]): Symptom[] {
  const dials = subject.symptoms.filter(({ kind, family }) => kind === "dial" && family === "IPv6");
  if (dials.every(({ outcome }) => outcome === "not-looked"))
    throw new NotLooked("what comes of IPv6 dials", nobodyDialled(dials));
  return seenFailing(subject, ...outcomes);
}

/** The same, for a cause that looks at the source in any case and only wants to know where else to look. */
export function seenFailing({ failures }: Case, ...outcomes: readonly Outcome[]): Symptom[] {
  return failures.filter(
    ({ kind, outcome }) => kind === "dial" && (outcomes.length === 0 || outcomes.includes(outcome)),
  );
}

function nobodyDialled([first]: readonly Symptom[]): Refusal {
  return { reason: "failed", message: first?.text ?? "there was nothing to dial" };
}

/** A dial that was sent out and failed on the way, rather than in the pod itself or for want of an address. */
export function failedOnTheWay(subject: Case): Symptom[] {
  return failedDials(subject, "timeout", "host-unreachable", "network-unreachable", "denied", "stalls").filter(
    ({ outcome, ms = 0 }) => outcome !== "network-unreachable" || ms >= leavesThePod,
  );
}

/** Milliseconds: an answer within this time came from the pod's own kernel, without a packet being sent. */
export const leavesThePod = 100;

/** The nodes the failed dials pass, in the order they are looked at: the source's first. */
export function nodesOn({ scene }: Case, symptoms: readonly Symptom[]): SceneNode[] {
  const isTarget = (node: SceneNode) =>
    symptoms.some(({ flow }) => flow && (flow.toPod?.node === node.name || isAt(flow, node)));
  return symptoms.length === 0 ? [] : scene.nodes.filter((node, index) => index === 0 || isTarget(node));
}

/** Whether what is dialled passes a node, as far as is known: the source's, and the target's or the target itself. */
export function isOnWay({ scene }: Pick<Case, "scene">, flow: Flow, node: SceneNode): boolean {
  return scene.nodes[0] === node || flow.toPod?.node === node.name || isAt(flow, node);
}

/** What is dialled is the node itself, or a pod in its network. */
export function isAt({ host = "", toPod }: Flow, { internalIPs, name }: SceneNode): boolean {
  return internalIPs.includes(host) || (toPod?.hostNetwork === true && toPod.node === name);
}

/** Whether a node forwards what is dialled, or the answer to it: undefined; else whether it takes it for itself or sends it. */
export function wayThrough(flow: Flow, node: SceneNode, isAnswer: boolean): "in" | "out" | undefined {
  const sends = flow.from.hostNetwork && flow.from.node === node.name;
  const takes = isAt(flow, node);
  if (isAnswer ? takes : sends) return "out";
  return (isAnswer ? sends : takes) ? "in" : undefined;
}

/** The source pod, and the pods that failed dials go to. */
export function podsOn({ scene }: Case, symptoms: readonly Symptom[]): ScenePod[] {
  const dialled = new Set(symptoms.flatMap(({ flow }) => flow?.toPod ?? []));
  return scene.pods.filter((pod, index) => (index === 0 || dialled.has(pod)) && !pod.hostNetwork);
}

/**
 * Whether a dial failed so late that somebody on the way answered for its target. A busy container takes long for everything;
 * so what the same dial over IPv4 took is no delay.
 */
export function isLate(subject: Case, symptom: Symptom): boolean {
  const twin = twinOf(subject, symptom);
  const usual = twin && (twin.outcome === "ok" || twin.outcome === "refused") ? (twin.ms ?? 0) : 0;
  return Math.min(lateBy(symptom), (symptom.ms ?? 0) - usual) >= delayed;
}

/**
 * A dial that fails while the counters of a node are read: on the source's node that is every dial, on another one it is
 * dialled once more. undefined if none was.
 */
export function* dialledDuring(
  subject: Case,
  node: SceneNode,
  lost: readonly Symptom[],
): Asking<{ readonly symptom: Symptom; readonly by: readonly Question[] } | undefined> {
  const isSource = subject.scene.nodes[0] === node;
  for (const symptom of lost) {
    const { flow } = symptom;
    if (!flow?.host) continue;
    if (isSource) return { symptom, by: [] };
    if (flow.toPod?.node !== node.name && !isAt(flow, node)) continue;
    const args = duringArgs(flow, node.name, subject.patience);
    const again = yield* tryAsk(dialProbe, args);
    if (again.ok && !again.value.ok) return { symptom, by: [question(dialProbe, args)] };
  }
  return undefined;
}

export function atPod(pod: ScenePod): { readonly at: Vantage } {
  return { at: vantageOf(pod) };
}

export function atNode(node: Pick<SceneNode, "name">): { readonly at: Vantage } {
  return { at: { kind: "node", node: node.name } };
}

export function podName({ namespace, name }: ScenePod): string {
  return `pod ${namespace}/${name}`;
}

/** The sysctl for now and the file that keeps it. */
export function nodeSysctl(node: string, setting: string, value: number): string {
  return `On node ${node}: sysctl -w ${setting}=${value}, and put ${setting}=${value} into a file of /etc/sysctl.d/ so that it outlives a reboot.`;
}

/** The same to be copied, for now only. */
export function sysctlCommand(node: string, setting: string, value: number): Pick<Remedy, "commands"> {
  return { commands: [{ node, argv: ["sysctl", "-w", `${setting}=${value}`] }] };
}
