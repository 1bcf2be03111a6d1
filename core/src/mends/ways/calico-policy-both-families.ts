import { networkPolicies } from "../calico-types.ts";
import { policyBothFamilies } from "../policy-both-families.ts";

export const way = policyBothFamilies({ kind: "NetworkPolicy", types: networkPolicies });
