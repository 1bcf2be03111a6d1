import { policyBothFamilies } from "../policy-both-families.ts";

export const way = policyBothFamilies({
  kind: "CiliumClusterwideNetworkPolicy",
  types: [{ apiVersion: "cilium.io/v2", resource: "ciliumclusterwidenetworkpolicies" }],
});
