import { listing } from "../probing/api-probe.ts";
import { keepSpec } from "../probing/redact.ts";

/** The NetworkPolicies of one namespace. */
export const probe = listing<{ readonly namespace: string }>({
  id: "network-policies",
  type: { apiVersion: "networking.k8s.io/v1", resource: "networkpolicies" },
  kind: "NetworkPolicy",
  asks: ({ namespace }) => `the NetworkPolicies in namespace ${namespace}`,
  select: ({ namespace }) => ({ namespace }),
  keep: keepSpec,
});
