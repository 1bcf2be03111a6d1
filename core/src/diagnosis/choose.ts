import { type Family, familyOf } from "../address.ts";
import type { KubeObject } from "../cluster.ts";
import type { ScenePod } from "./scene.ts";
import type { PodRef, Subject } from "./subject.ts";
import { runningContainers } from "./windows.ts";

export interface Chosen {
  /** The source first, then the pods it dials. */
  readonly pods: readonly ScenePod[];
  readonly reasons: readonly string[];
}

/** More nodes than this are not dialled in a survey: the report must stay readable and the exec short. */
const mostNodes = 6;

/**
 * The pods of the subject, or representatives of the cluster: a source, a peer on its node, one on every other node.
 * Behind a target Service stand `backends`.
 */
export function choosePods(subject: Subject, pods: readonly KubeObject[], backends: readonly KubeObject[]): Chosen {
  const { from, to } = subject;
  const target = to?.kind === "pod" ? find(pods, to) : undefined;
  const missing = [from, to?.kind === "pod" ? to : undefined].filter((ref) => ref && !find(pods, ref));
  const reasons = missing.map((ref) => `pod ${ref?.namespace}/${ref?.name} was not found`);
  const dialled = [...(target ? [target] : []), ...backends.filter(isUsable)].map(scenePod);
  const source = from ? find(pods, from) : undefined;
  if (from)
    return {
      pods: source ? [scenePod(source), ...dialled.filter(({ object }) => !same(object, source))] : [],
      reasons,
    };
  const usable = pods.filter(canDial).map(scenePod);
  const chosen = chooseSource(usable, target);
  if (!chosen)
    return { pods: [], reasons: [...reasons, "no running pod with a network of its own was found to dial from"] };
  if (!to) return survey(chosen, usable);
  const others = dialled.filter(({ object }) => !same(object, chosen.object));
  return {
    pods: [chosen, ...others],
    reasons: [...reasons, `dialling from ${nameOf(chosen)}, the first pod that can`],
  };
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

/** Whether a Service's selector matches a pod. */
export function selectsPod(service: KubeObject, pod: ScenePod): boolean {
  const selector = Object.entries((service.spec?.selector ?? {}) as Record<string, string>);
  if (selector.length === 0 || service.metadata.namespace !== pod.namespace) return false;
  return selector.every(([key, value]) => pod.object.metadata.labels?.[key] === value);
}

/** Running, or at least not finished. */
export function isUsable({ status, metadata }: KubeObject): boolean {
  return status?.phase === "Running" && metadata.deletionTimestamp === undefined;
}

export function scenePod(object: KubeObject): ScenePod {
  const addresses = ((object.status?.podIPs ?? []) as { ip: string }[]).map(({ ip }) => ip);
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

function survey(source: ScenePod, usable: readonly ScenePod[]): Chosen {
  const others = usable
    .filter((pod) => pod !== source && serves(pod))
    .concat(usable.filter((pod) => pod !== source && !serves(pod)));
  const peer = others.find(({ node }) => node === source.node);
  const remote = [
    ...new Map(
      others
        .filter(({ node }) => node !== source.node)
        .reverse()
        .map((pod) => [pod.node, pod]),
    ).values(),
  ].reverse();
  const far = remote.slice(0, mostNodes);
  return {
    pods: [source, ...(peer ? [peer] : []), ...far],
    reasons: [
      `dialling from ${nameOf(source)} on node ${source.node}`,
      peer ? `${nameOf(peer)} stands for the pods of its own node` : `no other pod runs on node ${source.node}`,
      far.length > 0
        ? `${far.map((pod) => `${nameOf(pod)} for node ${pod.node}`).join(", ")}`
        : "no pod runs on another node",
      ...(remote.length > far.length ? [`${remote.length - far.length} more nodes were not dialled`] : []),
    ],
  };
}

/** A pod outside kube-system with the most addresses, not the target itself. */
function chooseSource(pods: readonly ScenePod[], target: KubeObject | undefined): ScenePod | undefined {
  const candidates = pods.filter(({ object }) => !target || !same(object, target));
  const score = (pod: ScenePod) => Object.keys(pod.ips).length * 2 + (pod.namespace === "kube-system" ? 0 : 1);
  return [...candidates].sort((a, b) => score(b) - score(a))[0];
}

/** It says which TCP port it listens on, so that a refusal means something. */
function serves({ object, namespace }: ScenePod): boolean {
  const containers = (object.spec?.containers ?? []) as { ports?: { protocol?: string }[] }[];
  return (
    namespace !== "kube-system" && containers.some(({ ports }) => ports?.some(({ protocol }) => protocol !== "UDP"))
  );
}

function nameOf({ namespace, name }: ScenePod): string {
  return `${namespace}/${name}`;
}
