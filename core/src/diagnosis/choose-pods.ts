import { canonicalAddress, type Family, familyOf } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import type { SceneNode, ScenePod } from "../judging/scene.ts";
import type { PodRef, Subject, Target } from "../judging/subject.ts";
import { runningContainers } from "../probing/containers.ts";
import { type Choosing, chooseSource, isOnNode, isReady, sickNodes } from "./choose-source.ts";

export interface ChosenPods {
  /** The source first, then the pods it dials. */
  readonly pods: readonly ScenePod[];
  readonly reasons: readonly string[];
}

/** More nodes than this are not dialled in a survey: the report must stay readable and the exec short. */
const mostNodes = 6;

/** More pods of a target node than this tell nothing new. */
const mostPodsOfNode = 2;

/**
 * The pods of the subject, or representatives of the cluster: a source, a peer on its node, one on every other node.
 * Behind a target Service stand `backends`, behind a target node pods that run on it.
 */
export function choosePods(
  subject: Subject,
  pods: readonly KubeObject[],
  backends: readonly KubeObject[],
  choosing: Omit<Choosing, "far">,
): ChosenPods {
  const { from, to } = subject;
  const target = to?.kind === "pod" ? find(pods, to) : undefined;
  const usable = pods.filter(canDial);
  const behind = [...(target ? [target] : []), ...backends.filter(isUsable)];
  const named = from ? find(pods, from) : undefined;
  if (from && !named) return { pods: [], reasons: [] };
  const found = named
    ? { pod: named, because: undefined }
    : chooseSource(usable, { ...choosing, far: (pod) => farFrom(pod, to, behind) });
  const passed = choosing.passedOver.map(({ namespace, name, why }) => `${namespace}/${name} was passed over: ${why}`);
  if (!found) return { pods: [], reasons: [...passed, nobodyToDialFrom(usable, choosing)] };
  const { because } = found;
  const source = scenePod(found.pod);
  const chosen =
    because === undefined ? [] : [...passed, `dialling from ${nameOf(source)} on node ${source.node}: ${because}`];
  if (!to) return survey(source, usable, chosen, choosing.nodes);
  const onNode =
    to.kind === "node"
      ? servingFirst(
          usable.filter((pod) => nodeOf(pod) === to.name),
          source,
        )
      : [];
  const others = [...behind, ...onNode.slice(0, mostPodsOfNode)].map(scenePod);
  return { pods: [source, ...others.filter(({ object }) => !same(object, source.object))], reasons: chosen };
}

function nobodyToDialFrom(
  usable: readonly KubeObject[],
  { passedOver, unlisted }: Pick<Choosing, "passedOver" | "unlisted">,
): string {
  if (unlisted) return "the pods could not be listed, so there was none to dial from";
  return usable.length > 0 && passedOver.length > 0
    ? "no other pod was left to dial from"
    : "no running pod with a network of its own was found to dial from";
}

function find(pods: readonly KubeObject[], { namespace, name }: PodRef): KubeObject | undefined {
  return pods.find(({ metadata }) => metadata.name === name && metadata.namespace === namespace);
}

function same(a: KubeObject, b: KubeObject): boolean {
  return a.metadata.name === b.metadata.name && a.metadata.namespace === b.metadata.namespace;
}

function canDial(pod: KubeObject): boolean {
  return isUsable(pod) && !pod.spec?.hostNetwork && runningContainers(pod).length > 0;
}

/** Running, or at least not finished. */
export function isUsable({ status, metadata }: KubeObject): boolean {
  return status?.phase === "Running" && metadata.deletionTimestamp === undefined;
}

export function scenePod(object: KubeObject): ScenePod {
  const addresses = ((object.status?.podIPs ?? []) as { ip: string }[]).flatMap(({ ip }) => canonicalAddress(ip) ?? []);
  const of = (family: Family) => addresses.find((ip) => familyOf(ip) === family);
  return {
    namespace: object.metadata.namespace ?? "",
    name: object.metadata.name,
    node: object.spec?.nodeName ?? "",
    hostNetwork: object.spec?.hostNetwork === true,
    ips: { ...(of("IPv4") ? { IPv4: of("IPv4") } : {}), ...(of("IPv6") ? { IPv6: of("IPv6") } : {}) },
    object,
  };
}

function survey(
  source: ScenePod,
  usable: readonly KubeObject[],
  chosen: readonly string[],
  nodes: readonly SceneNode[],
): ChosenPods {
  const sick = sickNodes(nodes);
  const ready = usable.filter((pod) => isReady(pod) && !isOnNode(pod, sick));
  const firstOfNode = new Map<string, KubeObject>();
  for (const pod of servingFirst(ready, source)) if (!firstOfNode.has(nodeOf(pod))) firstOfNode.set(nodeOf(pod), pod);
  const own = firstOfNode.get(source.node);
  const peer = own && scenePod(own);
  firstOfNode.delete(source.node);
  const far = [...firstOfNode.values()].slice(0, mostNodes).map(scenePod);
  return {
    pods: [source, ...(peer ? [peer] : []), ...far],
    reasons: [
      ...chosen,
      peer ? `${nameOf(peer)} stands for the pods of its own node` : `no other pod runs on node ${source.node}`,
      far.length > 0
        ? `${far.map((pod) => `${nameOf(pod)} for node ${pod.node}`).join(", ")}`
        : usable.some((pod) => nodeOf(pod) !== source.node)
          ? "no pod of another node is ready, on a node that is ready"
          : "no pod runs on another node",
      ...(firstOfNode.size > far.length ? [`${firstOfNode.size - far.length} more nodes were not dialled`] : []),
    ],
  };
}

/** Whether a pod is on another node than what it would dial; undefined if it is the target itself. */
function farFrom(pod: KubeObject, to: Target | undefined, behind: readonly KubeObject[]) {
  if (to?.kind === "node") return nodeOf(pod) !== to.name;
  if (to?.kind === "pod" && behind.some((target) => same(target, pod))) return undefined;
  return behind.every(({ spec }) => spec?.nodeName !== nodeOf(pod));
}

function servingFirst(usable: readonly KubeObject[], source: ScenePod): KubeObject[] {
  const others = usable.filter((pod) => !same(pod, source.object));
  return [...others.filter(serves), ...others.filter((pod) => !serves(pod))];
}

/** It says which TCP port it listens on, so that a refusal means something. */
function serves({ spec, metadata: { namespace } }: KubeObject): boolean {
  const containers = (spec?.containers ?? []) as { ports?: { protocol?: string }[] }[];
  return (
    namespace !== "kube-system" && containers.some(({ ports }) => ports?.some(({ protocol }) => protocol !== "UDP"))
  );
}

function nodeOf({ spec }: KubeObject): string {
  return spec?.nodeName ?? "";
}

function nameOf({ namespace, name }: ScenePod): string {
  return `${namespace}/${name}`;
}
