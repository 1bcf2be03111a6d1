/** The pods that policies cannot tell from each other, and which policies each of them is under. */

import { type Family, parseAddress } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import type { Clause, CompiledPolicy, Direction, PodEndpoint, PolicySurroundings } from "../policy/model.ts";
import { podEndpoint } from "../policy/pods-of.ts";
import { mapping, string } from "../policy/read.ts";
import type { Applied } from "../policy/steps.ts";
import { flatten } from "../policy/surroundings.ts";
import { isUnknown } from "../policy/truth.ts";
import { workloadName } from "../policy/workload-name.ts";
import { asText } from "../text/as-text.ts";

/** Pods of one namespace whose labels, accounts and named ports are the same as far as policies ask. */
export interface Group {
  readonly key: string;
  readonly namespace: string;
  readonly pods: readonly PodEndpoint[];
  /** `Deployment shop/web`, each once. */
  readonly workloads: readonly string[];
}

/** Pods under the same policies in one direction. */
export interface ParitySubject {
  readonly direction: Direction;
  readonly applied: readonly Applied[];
  readonly groups: readonly Group[];
}

/**
 * The groups, in the order of the objects. Pods on the host's network, ended ones and what runs no pod are left out; where pods
 * run (have addresses), the workloads that made them are not counted beside them.
 */
export function groupsOf(objects: readonly KubeObject[], policies: readonly KubeObject[]): readonly Group[] {
  const given = flatten(objects);
  const running = given.some(({ kind, status }) => kind === "Pod" && string(mapping(status).podIP) !== undefined);
  const words = policies.map((policy) => JSON.stringify(policy)).join("\n");
  const known = new Map<string, boolean>();
  const matters = (key: string) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = words.includes(JSON.stringify(key).slice(1, -1));
    known.set(key, found);
    return found;
  };
  const groups = new Map<string, { pods: PodEndpoint[]; workloads: Set<string> }>();
  for (const object of given) {
    if (running ? object.kind !== "Pod" : isOwned(object)) continue;
    const pod = podEndpoint(object);
    if (!pod || pod.hostNetwork || hasEnded(object)) continue;
    const key = keyOf(pod, matters);
    const group = groups.get(key) ?? { pods: [], workloads: new Set() };
    group.pods.push(pod);
    group.workloads.add(workloadName(object, pod));
    groups.set(key, group);
  }
  return [...groups].map(([key, { pods, workloads }]) => ({
    key,
    namespace: pods[0]?.namespace ?? "default",
    pods,
    workloads: [...workloads],
  }));
}

function keyOf(pod: PodEndpoint, matters: (key: string) => boolean): string {
  const labels = Object.entries(pod.labels)
    .filter(([key]) => matters(key))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  const ports = (pod.containerPorts ?? []).filter(({ name }) => name !== undefined && matters(name));
  return JSON.stringify([pod.namespace, labels, pod.serviceAccount, ports, podFamiliesOf(pod)]);
}

/** The families of its addresses; undefined if they are not known. */
export function podFamiliesOf({ ips }: PodEndpoint): readonly Family[] | undefined {
  const found = new Set(ips.flatMap((text) => parseAddress(text)?.family ?? []));
  return found.size === 0 ? undefined : [...found].sort();
}

function isOwned({ metadata }: KubeObject): boolean {
  return (metadata.ownerReferences ?? []).some(({ controller }) => controller === true);
}

function hasEnded({ kind, status }: KubeObject): boolean {
  return kind === "Pod" && ["Succeeded", "Failed"].includes(asText(mapping(status).phase));
}

/** The groups by the policies they are under, without those that no policy limits in a direction. */
export function subjectsOf(
  groups: readonly Group[],
  policies: readonly CompiledPolicy[],
  surroundings: PolicySurroundings,
  direction: Direction,
): readonly ParitySubject[] {
  const inNamespace = Map.groupBy(policies, ({ ref }) => ref.namespace);
  const number = new Map(policies.map((policy, index) => [policy, index]));
  const subjects = new Map<string, { applied: readonly Applied[]; groups: Group[] }>();
  for (const group of groups) {
    const [pod] = group.pods;
    if (!pod) continue;
    const near = [...(inNamespace.get(group.namespace) ?? []), ...(inNamespace.get(undefined) ?? [])];
    const applied = near.flatMap((policy): Applied[] => {
      const section = policy[direction];
      const applies = section ? policy.selects(pod, surroundings) : false;
      return section && applies !== false ? [{ policy, section, applies }] : [];
    });
    if (!applied.some(toldApart)) continue;
    const own = clausesOf(applied).some((clause) => clause.own) || namesItsPorts(direction, applied);
    const which = applied.map(({ policy, applies }) => `${number.get(policy)}${isUnknown(applies) ? "?" : ""}`).join();
    const key = `${which} ${own ? group.key : ""} ${podFamiliesOf(pod) ?? ""}`;
    const subject = subjects.get(key) ?? { applied, groups: [] };
    subject.groups.push(group);
    subjects.set(key, subject);
  }
  return [...subjects.values()].map((subject) => ({ direction, ...subject }));
}

/** Whether a policy has a word that is true of one family alone; without one the families cannot differ. */
function toldApart({ section }: Applied): boolean {
  return section.rules.some(({ peers = [], traffic = [], conditions }) =>
    [...peers, ...traffic, ...conditions].some(({ families, nets = [] }) => families.length === 1 || nets.length > 0),
  );
}

function namesItsPorts(direction: Direction, applied: readonly Applied[]): boolean {
  return direction === "ingress" && clausesOf(applied).some(({ ports }) => ports?.name !== undefined);
}

/** Every clause of the sections, those of the pod's own side included. */
export function clausesOf(applied: readonly Applied[]): readonly Clause[] {
  return applied.flatMap(({ section }) =>
    section.rules.flatMap(({ peers = [], traffic = [], conditions }) => [...peers, ...traffic, ...conditions]),
  );
}
