import { type Family, familyOf } from "../address.ts";
import type { KubeObject } from "../cluster.ts";
import type { ScenePod } from "./scene.ts";
import type { Subject } from "./subject.ts";
import { runningContainers } from "./windows.ts";

export interface Chosen {
  /** The source first, then the pods it dials. */
  readonly pods: readonly ScenePod[];
  readonly reasons: readonly string[];
}

/** More nodes than this are not dialled in a survey: the report must stay readable and the exec short. */
const mostNodes = 6;

/** The pods of the subject, or representatives of the cluster: a source, a peer on its node, one on every other node. */
export function choosePods(subject: Subject, pods: readonly KubeObject[]): Chosen {
  const named = [subject.from, subject.to?.kind === "pod" ? subject.to : undefined].flatMap((ref) => {
    const pod = pods.find(({ metadata }) => metadata.name === ref?.name && metadata.namespace === ref?.namespace);
    return pod ? [scenePod(pod)] : [];
  });
  if (subject.from) return { pods: named, reasons: [] };
  const usable = pods
    .filter(isUsable)
    .filter((pod) => !pod.spec?.hostNetwork && runningContainers(pod).length > 0)
    .map(scenePod);
  const target = named[0];
  const source = chooseSource(usable, target);
  if (!source) return { pods: named, reasons: ["no running pod with a network of its own was found to dial from"] };
  if (subject.to)
    return { pods: [source, ...named], reasons: [`dialling from ${nameOf(source)}, the first pod that can`] };
  return survey(source, usable);
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
function chooseSource(pods: readonly ScenePod[], target: ScenePod | undefined): ScenePod | undefined {
  const candidates = pods.filter((pod) => pod.namespace !== target?.namespace || pod.name !== target.name);
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
