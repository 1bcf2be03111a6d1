import type { Answer } from "../cluster/cluster.ts";
import type { Scene, SceneNode, ScenePod } from "../judging/scene.ts";
import { outcomeOf } from "../judging/symptom.ts";
import type { Attempt } from "../probing/bundle.ts";
import type { Vantage } from "../probing/probe.ts";

/**
 * The source and its node are looked at together, so that the node's counters are read around the dials. The other nodes
 * come before the other pods: more breaks there, and a node is looked at without disturbing anybody's container.
 */
export function lookingOrder(pods: readonly ScenePod[], nodes: readonly SceneNode[]): Vantage[][] {
  const [source, ...others] = pods.map((pod): Vantage => ({ kind: "pod", namespace: pod.namespace, pod: pod.name }));
  const [own, ...otherNodes] = nodes.map(({ name }): Vantage => ({ kind: "node", node: name }));
  return [[source, own].flatMap((vantage) => vantage ?? []), otherNodes, ...others.map((pod) => [pod])].filter(
    (group) => group.length > 0,
  );
}

/**
 * The order for a pod pair, once the source was looked at. If another pod on the target's node is reached, that node forwards, and
 * the target itself is looked at first; if it is not, the node is. Without such a witness the target comes first.
 */
export function orderAfterWitness(scene: Scene, witnessed: Answer<unknown> | undefined): Scene["order"] {
  const [first = [], ...rest] = scene.order;
  const nodeIsSuspect = witnessed?.ok === true && !reached(witnessed.value as Attempt);
  if (nodeIsSuspect) return scene.order;
  const isPod = (group: readonly Vantage[]) => group.some(({ kind }) => kind === "pod");
  return [first, ...rest.filter(isPod), ...rest.filter((group) => !isPod(group))];
}

function reached(attempt: Attempt): boolean {
  const { outcome } = outcomeOf(attempt);
  return outcome === "ok" || outcome === "refused";
}
