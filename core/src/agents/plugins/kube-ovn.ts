import type { AgentPlugin } from "../agent-words.ts";
import { ovnWants, readOvn } from "../ovn.ts";

/** Kube-OVN: its OVN on the node, which its pods ovs-ovn hold. */
export const plugin: AgentPlugin = {
  name: "Kube-OVN",
  container: /^openvswitch$/,
  wants: ovnWants,
  types: ["ovn-appctl", "-t", "ovn-controller", "connection-status"],
  read: readOvn,
};
