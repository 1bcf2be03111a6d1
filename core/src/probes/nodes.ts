import { listing } from "../probing/api-probe.ts";
import { keepNode } from "../probing/redact.ts";

/** Every node: its InternalIPs, its podCIDRs and what the CNI wrote on it. */
export const probe = listing<Record<string, never>>({
  id: "nodes",
  type: { apiVersion: "v1", resource: "nodes" },
  kind: "Node",
  clusterScoped: true,
  asks: () => "the nodes, their addresses and podCIDRs",
  keep: keepNode,
});
