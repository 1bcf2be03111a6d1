import type { AgentPlugin } from "../agent-words.ts";
import { ovnWants, readOvn } from "../ovn.ts";

/** OVN-Kubernetes: its OVN on the node. */
export const plugin: AgentPlugin = {
  name: "OVN-Kubernetes",
  container: /^ovn-controller$/,
  wants: ovnWants,
  types: ["ovn-appctl", "-t", "ovn-controller", "connection-status"],
  read: readOvn,
};
