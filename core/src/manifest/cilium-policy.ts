import type { Field } from "./field.ts";
import type { Resource } from "./resource.ts";

export const ciliumPolicyKinds: readonly string[] = ["CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy"];

/** The rules of a Cilium policy, of `spec` and of every item of `specs`, in the order written. */
export function ciliumRules(policy: Resource): readonly Field[] {
  const specs = [policy.get("spec"), ...(policy.get("specs")?.items() ?? [])];
  return specs.flatMap((spec) =>
    ["ingress", "ingressDeny", "egress", "egressDeny"].flatMap((direction) => spec?.get(direction)?.items() ?? []),
  );
}
