import type { KubeObject } from "../cluster/cluster.ts";
import type { Scene } from "../judging/scene.ts";
import type { PodRef, Subject } from "../judging/subject.ts";
import type { Symptom } from "../judging/symptom.ts";
import { probe as events } from "../probes/events.ts";
import { probe as podProbe } from "../probes/pod.ts";
import { type Asking, question, tryAskAll } from "../probing/probe.ts";
import { nodeTrouble, podTrouble } from "./pod-trouble.ts";

/** Something that is wrong with what was named, in a sentence. */
export interface Trouble {
  readonly role: "source" | "target" | "node" | "name";
  readonly text: string;
  /** Nothing runs in it. */
  readonly dead: boolean;
  readonly pod?: PodRef;
}

const mostNodes = 5;

/** What the API says of the pods that were named and of the nodes of the scene, before anything is dialled. */
export function* troubles({ from, to }: Subject, { nodes, allNodes }: Scene): Asking<Trouble[]> {
  const named = [
    ...(from ? [{ role: "source" as const, ref: from }] : []),
    ...(to?.kind === "pod" ? [{ role: "target" as const, ref: { namespace: to.namespace, name: to.name } }] : []),
  ];
  const pods = yield* tryAskAll(named.map(({ ref: { namespace, name } }) => question(podProbe, { namespace, name })));
  const found: Trouble[] = [];
  for (const [index, { role, ref }] of named.entries()) {
    const answer = pods[index];
    const pod = answer?.ok ? answer.value : undefined;
    if (!pod || !podTrouble(pod, [])) continue;
    const trouble = podTrouble(pod, yield* eventsOf(ref));
    if (trouble) found.push({ role, pod: ref, ...trouble });
  }
  // Who looks around wants to know of every node that is away, and of none that nobody goes near otherwise.
  const sick = (to ? nodes : allNodes).flatMap(({ object }) => nodeTrouble(object) ?? []).slice(0, mostNodes);
  return [...found, ...sick.map((text): Trouble => ({ role: "node", text, dead: false }))];
}

/** A target in which nothing runs cannot be reached in either family, and no packet has to be sent to know it. */
export function stateSymptoms({ role, dead, pod, text }: Trouble): Symptom[] {
  if (role !== "target" || !dead || !pod) return [];
  const to = `pod ${pod.namespace}/${pod.name}`;
  return (["IPv6", "IPv4"] as const).map((family) => ({
    id: `${family} state of ${to}`,
    kind: "state",
    family,
    from: "the API",
    to,
    outcome: "not-running",
    text,
    failed: true,
  }));
}

/** Nobody has to be allowed to read them. */
function* eventsOf({ namespace, name }: PodRef): Asking<readonly KubeObject[]> {
  const [answer] = yield* tryAskAll([question(events, { namespace, pod: name })]);
  return answer?.ok ? answer.value : [];
}
