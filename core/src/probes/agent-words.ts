import type { AgentPluginId } from "../agents/agent-among.ts";
import type { AgentWords } from "../agents/agent-words.ts";
import { agentPlugins } from "../agents/plugins/index.ts";
import type { ExecProbe } from "../probing/probe.ts";

export interface AgentArgs {
  readonly plugin: AgentPluginId;
  readonly node: string;
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
  /** A program of the agent's costs more than a file: it is asked when nothing cheaper was enough, on all nodes at once. */
  readonly together: "network agents";
}

/** What the agent of the network plugin says of itself on a node. It only reads. */
export const probe: ExecProbe<AgentArgs, AgentWords> = {
  id: "agent-words",
  access: "exec",
  vantage: ({ namespace, pod, container }) => ({ kind: "pod", namespace, pod, container }),
  asks: ({ plugin, node }) => `what the agent of ${agentPlugins[plugin].name} on node ${node} says`,
  types: ({ plugin }) => agentPlugins[plugin].types,
  wants: ({ plugin }) => agentPlugins[plugin].wants,
  read: (reading, { plugin }) => agentPlugins[plugin].read(reading),
  line: (words, { plugin }) => saidBy(words, plugin),
};

/** "Cilium 1.17.1: masquerades IPv6 by BPF; it is not well: ..." */
export function saidBy({ version, says, troubles, unread }: AgentWords, plugin: AgentPluginId): string {
  const name = `${agentPlugins[plugin].name}${version ? ` ${version}` : ""}`;
  const silent = unread.map((one) => `not read: ${one}`);
  return `${name}: ${[...troubles, ...says.filter((one) => !troubles.some((other) => other.endsWith(one))), ...silent].join("; ") || "nothing of IPv6"}`;
}
