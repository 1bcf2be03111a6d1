import type { KubeObject } from "../cluster/cluster.ts";
import { fact, type KnownFact } from "../lint/fact.ts";
import { podKinds } from "../manifest/resource.ts";
import { compile } from "../policy/compile.ts";
import type { CompiledPolicy, PodEndpoint } from "../policy/model.ts";
import { podEndpoint } from "../policy/pods-of.ts";
import { flatten, surround } from "../policy/surroundings.ts";

/** Kinds as `Resource.kind` spells them. */
export const policyKinds: readonly string[] = [
  "NetworkPolicy",
  "AdminNetworkPolicy",
  "BaselineAdminNetworkPolicy",
  "ClusterNetworkPolicy",
  "CalicoNetworkPolicy",
  "GlobalNetworkPolicy",
  "CiliumNetworkPolicy",
  "CiliumClusterwideNetworkPolicy",
];

/** Policies, and what gives them their meaning. */
export const policyFact = fact(
  [...policyKinds, "Namespace", "Tier", "NetworkSet", "GlobalNetworkSet", "ServiceAccount", "CiliumCIDRGroup"],
  (resource) => resource.toJSON() as KubeObject,
);

/** Pods, and the pods that workloads would make. */
export const podFact = fact(podKinds, (resource) => podEndpoint(resource.toJSON() as KubeObject));

/** What is known of the pods that a policy selects. */
export interface Company {
  /** The policies that select all of them, the policy itself among them, and the objects that give these their meaning. */
  readonly objects: readonly KubeObject[];
  /** The names of the other policies among these. */
  readonly others: readonly string[];
  /** Some of the pods are selected by more policies still. */
  readonly differs: boolean;
}

/** Pods alike in namespace and labels are looked at once; beyond this many kinds of pods the first ones stand for all. */
const enough = 50;

/**
 * The policies that share the pods of one policy. Where no pod of the files is selected, a pod with exactly the labels
 * that the policy asks for stands for them.
 */
export function companyOf(policy: KubeObject, all: readonly KubeObject[], pods: readonly PodEndpoint[]): Company {
  const { objects, surroundings, compiled } = compiledFrom(all);
  const own = compiled.filter(({ source }) => same(source, policy));
  const selected = distinct(pods).filter((pod) => own.some((one) => one.selects(pod, surroundings) === true));
  const stand = selected.length > 0 ? selected.slice(0, enough) : [standIn(policy)];
  const sets = stand.map((pod) =>
    compiled.filter((one) => own.includes(one) || one.selects(pod, surroundings) === true),
  );
  const shared = compiled.filter((one) => sets.every((set) => set.includes(one)));
  const sources = new Set(shared.map(({ source }) => source));
  const others = shared.filter((one) => !own.includes(one)).map(({ ref }) => ref.name);
  return {
    objects: objects.filter((object) => sources.has(object) || !compiled.some(({ source }) => source === object)),
    others: [...new Set(others)],
    differs: sets.some((set) => set.length > shared.length),
  };
}

/** The pods that a policy surely selects, of those that the files hold. */
export function selectedBy(
  policy: KubeObject,
  all: readonly KubeObject[],
  pods: readonly KnownFact<PodEndpoint>[],
): readonly KnownFact<PodEndpoint>[] {
  const { surroundings, compiled } = compiledFrom(all);
  const own = compiled.filter(({ source }) => same(source, policy));
  return pods.filter(({ value }) => own.some((one) => one.selects(value, surroundings) === true));
}

interface Compiled {
  readonly objects: readonly KubeObject[];
  readonly surroundings: ReturnType<typeof surround>;
  readonly compiled: readonly CompiledPolicy[];
}

const cache = new WeakMap<readonly KubeObject[], Compiled>();

function compiledFrom(all: readonly KubeObject[]): Compiled {
  let known = cache.get(all);
  if (!known) {
    const objects = flatten(all);
    const surroundings = surround(objects);
    known = { objects, surroundings, compiled: compile(objects, surroundings) };
    cache.set(all, known);
  }
  return known;
}

function distinct(pods: readonly PodEndpoint[]): PodEndpoint[] {
  return [...new Map(pods.map((pod) => [JSON.stringify([pod.namespace, pod.labels]), pod])).values()];
}

function same(a: KubeObject, b: KubeObject): boolean {
  return (
    a === b ||
    (a.kind === b.kind &&
      a.apiVersion === b.apiVersion &&
      a.metadata?.name === b.metadata?.name &&
      a.metadata?.namespace === b.metadata?.namespace)
  );
}

function standIn({ metadata, spec }: KubeObject): PodEndpoint {
  const labels: unknown = spec?.podSelector?.matchLabels ?? spec?.endpointSelector?.matchLabels ?? {};
  const sound = typeof labels === "object" && labels !== null ? Object.entries(labels) : [];
  return {
    kind: "pod",
    namespace: metadata?.namespace ?? "default",
    labels: Object.fromEntries(sound.filter(([, value]) => typeof value === "string")),
    ips: [],
  };
}
