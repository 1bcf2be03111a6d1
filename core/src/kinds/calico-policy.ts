import type { Field } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";

/** Kinds that hold rules in Calico's syntax, as {@link Resource.kind} spells them. */
export const calicoPolicyKinds: readonly string[] = [
  "CalicoNetworkPolicy",
  "GlobalNetworkPolicy",
  "StagedNetworkPolicy",
  "StagedGlobalNetworkPolicy",
];

export const calicoGroups: readonly string[] = ["projectcalico.org", "crd.projectcalico.org"];

/** The rules of a Calico policy, both directions, in the order written. */
export function calicoRules(policy: Resource): readonly Field[] {
  return ["ingress", "egress"].flatMap((direction) => policy.get("spec", direction)?.items() ?? []);
}

/** The lists `nets` and `notNets` of a rule's source and destination. */
export function calicoNets(rule: Field, names: readonly string[] = ["nets", "notNets"]): readonly Field[] {
  return ["source", "destination"].flatMap((end) => names.flatMap((name) => rule.get(end, name) ?? []));
}
