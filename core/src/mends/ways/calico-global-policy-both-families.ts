import { globalNetworkPolicies } from "../calico-types.ts";
import { policyBothFamilies } from "../policy-both-families.ts";

export const way = policyBothFamilies({ kind: "GlobalNetworkPolicy", types: globalNetworkPolicies });
