import type { KubeObject } from "../cluster/cluster.ts";
import { asText } from "../text/as-text.ts";
import { compileCalico } from "./calico.ts";
import { compileCilium } from "./cilium.ts";
import { compileClusterNetworkPolicy } from "./cluster-network-policy.ts";
import type { CompiledPolicy, PolicySurroundings } from "./model.ts";
import { compileNetworkPolicy, defaultTier } from "./network-policy.ts";
import { referTo, refText } from "./ref.ts";
import { groupOf } from "./surroundings.ts";
import { unknownTruth } from "./truth.ts";

type Compiler = (policy: KubeObject, surroundings: PolicySurroundings) => readonly CompiledPolicy[];

const compilers: Readonly<Record<string, Compiler>> = {
  "networking.k8s.io NetworkPolicy": (policy, surroundings) => [compileNetworkPolicy(policy, surroundings)],
  "policy.networking.k8s.io AdminNetworkPolicy": (policy) => [compileClusterNetworkPolicy(policy)],
  "policy.networking.k8s.io BaselineAdminNetworkPolicy": (policy) => [compileClusterNetworkPolicy(policy)],
  "policy.networking.k8s.io ClusterNetworkPolicy": (policy) => [compileClusterNetworkPolicy(policy)],
  "projectcalico.org NetworkPolicy": compileCalico,
  "projectcalico.org GlobalNetworkPolicy": compileCalico,
  "crd.projectcalico.org NetworkPolicy": compileCalico,
  "crd.projectcalico.org GlobalNetworkPolicy": compileCalico,
  "cilium.io CiliumNetworkPolicy": compileCilium,
  "cilium.io CiliumClusterwideNetworkPolicy": compileCilium,
};

/** True for objects of a kind that this module decides. */
export function isPolicy(object: KubeObject): boolean {
  return Object.hasOwn(compilers, kindOf(object));
}

/**
 * Every policy among the objects in the common form. A policy of a kind that is not understood (Antrea, OVN ...) is kept as
 * one that may select any pod and do anything, so that it turns certainty into "unknown" instead of being overlooked.
 */
export function compile(objects: readonly KubeObject[], surroundings: PolicySurroundings): readonly CompiledPolicy[] {
  return objects.flatMap((object) => {
    const compiler = isPolicy(object) ? compilers[kindOf(object)] : undefined;
    if (compiler) return compiler(object, surroundings);
    return isForeign(object) ? [compileForeign(object)] : [];
  });
}

function kindOf(object: KubeObject): string {
  return `${groupOf(object)} ${asText(object.kind)}`;
}

/** A staged Calico policy is a preview that is never enforced; a MultiNetworkPolicy is about a pod's other networks. */
function isForeign(object: KubeObject): boolean {
  const kind = asText(object.kind);
  return /NetworkPolicy$/.test(kind) && !kind.startsWith("Staged") && kind !== "MultiNetworkPolicy";
}

function compileForeign(object: KubeObject): CompiledPolicy {
  const ref = referTo(object);
  const section = { rules: [], isolates: true, path: "spec" };
  return {
    ref,
    source: object,
    tier: { ...defaultTier, name: asText(object.apiVersion), order: undefined },
    order: 0,
    selects: () =>
      unknownTruth(`${refText(ref)} (${ref.apiVersion || "no apiVersion"}) is of a kind that is not understood here`),
    ingress: section,
    egress: section,
  };
}
