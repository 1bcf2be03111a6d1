import { policyBothFamilies } from "../policy-both-families.ts";

export const way = policyBothFamilies({
  kind: "NetworkPolicy",
  types: [{ apiVersion: "networking.k8s.io/v1", resource: "networkpolicies" }],
});
