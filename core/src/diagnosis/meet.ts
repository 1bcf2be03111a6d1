import type { Answer, KubeObject, Refusal } from "../cluster/cluster.ts";
import type { SceneNode } from "../judging/scene.ts";
import type { Subject, Target } from "../judging/subject.ts";
import { probe as endpointSlices } from "../probes/endpoint-slices.ts";
import { probe as nodesProbe } from "../probes/nodes.ts";
import { probe as podProbe } from "../probes/pod.ts";
import { probe as podsProbe } from "../probes/pods.ts";
import { type Asking, question, tryAskAll } from "../probing/probe.ts";
import { type Backends, backendsIn, noBackends } from "./backends.ts";
import { sceneNode } from "./scene-node.ts";

/** Whom a subject is about, before anything is chosen. */
export interface Met {
  /** The pods of the subject, or all pods for a survey: those of the context's namespace where nobody may list more. */
  readonly pods: readonly KubeObject[];
  /** Pods behind the target Service. */
  readonly backends: readonly KubeObject[];
  readonly behind: Backends;
  readonly nodes: readonly SceneNode[];
  /** Why the pods of the cluster could not be listed. */
  readonly unseen: Refusal | undefined;
  /** What the user should know of the place that was looked at. */
  readonly remarks: readonly string[];
}

export function* meet(subject: Subject): Asking<Met> {
  const { from, to } = subject;
  const service = to?.kind === "service" ? to : undefined;
  const [nodes, slices, ...named] = yield* tryAskAll<unknown>([
    question(nodesProbe, {}),
    ...(service
      ? [question(endpointSlices, { namespace: service.namespace, service: service.name })]
      : [question(nodesProbe, {})]),
    ...[from, to?.kind === "pod" ? to : undefined].flatMap((ref) => (ref ? [question(podProbe, refOf(ref))] : [])),
  ]);
  const listed = yield* listPods(subject, to);
  const behind = service && slices?.ok ? backendsIn(slices.value as KubeObject[]) : noBackends;
  const found = yield* tryAskAll(behind.dialled.map((ref) => question(podProbe, refOf(ref))));
  return {
    pods: [...objectsAnswered(named), ...listed.pods],
    backends: objectsAnswered(found),
    behind,
    nodes: objectsAnswered(nodes ? [nodes] : []).map(sceneNode),
    unseen: listed.unseen,
    remarks: listed.remarks,
  };
}

export function objectsAnswered(answers: readonly Answer<unknown>[]): KubeObject[] {
  return answers.flatMap((answer) => (answer.ok ? (answer.value as KubeObject | KubeObject[]) : []));
}

export function refOf({ namespace, name }: { readonly namespace: string; readonly name: string }) {
  return { namespace, name };
}

interface Listed extends Pick<Met, "unseen" | "remarks"> {
  readonly pods: readonly KubeObject[];
}

/** Between two that are named nobody else is needed; where the cluster may not be listed, the context's namespace may be. */
function* listPods({ from, namespace }: Subject, to: Target | undefined): Asking<Listed> {
  if (from && to && to.kind !== "node") return { pods: [], unseen: undefined, remarks: [] };
  const everywhere = from && to?.kind === "node" ? { node: to.name } : {};
  const [all] = yield* tryAskAll([question(podsProbe, everywhere)]);
  if (all?.ok) return { pods: all.value, unseen: undefined, remarks: [] };
  const unseen = all?.refusal;
  if (unseen?.reason !== "forbidden" || namespace === undefined) return { pods: [], unseen, remarks: [] };
  const [own] = yield* tryAskAll([question(podsProbe, { namespace })]);
  if (!own?.ok) return { pods: [], unseen, remarks: [] };
  const remark = `only namespace ${namespace} was looked at: you may not list the pods of the cluster`;
  return { pods: own.value, unseen, remarks: [remark] };
}
