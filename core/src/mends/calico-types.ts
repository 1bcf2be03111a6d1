import type { ResourceType } from "../cluster/cluster.ts";

/** Calico's own API server checks what it is given; without it the agents' objects are changed as calicoctl does. */
function both(resource: string): [ResourceType, ...ResourceType[]] {
  return [
    { apiVersion: "projectcalico.org/v3", resource },
    { apiVersion: "crd.projectcalico.org/v1", resource },
  ];
}

export const pools = both("ippools");
export const felixConfigurations = both("felixconfigurations");
export const networkPolicies = both("networkpolicies");
export const globalNetworkPolicies = both("globalnetworkpolicies");
