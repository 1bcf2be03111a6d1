import { policyBothFamilies } from "../policy-both-families.ts";

export const way = policyBothFamilies({
  kind: "CiliumNetworkPolicy",
  types: [{ apiVersion: "cilium.io/v2", resource: "ciliumnetworkpolicies" }],
});
