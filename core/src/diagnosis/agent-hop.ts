import { parseAddress } from "../addresses/address.ts";
import type { AgentPluginId } from "../agents/agent-among.ts";
import type { AgentWords } from "../agents/agent-words.ts";
import { agentPlugins } from "../agents/plugins/index.ts";
import { dropBy, listeningTo, ofConnection, ofNeighbours } from "../judging/agent-drops.ts";
import { atPod } from "../judging/failures.ts";
import { aboutItself, agentName, agentSays, type NetworkAgent, networkAgent } from "../judging/network-agents.ts";
import type { Known, PathStation } from "../judging/path.ts";
import type { Flow, SceneNode } from "../judging/scene.ts";
import { routeTo } from "../linux/ipv6-route.ts";
import { saidBy } from "../probes/agent-words.ts";
import { probe as pods } from "../probes/pods.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, question } from "../probing/probe.ts";

const hop = "network agent";

/**
 * What the agents of the network plugin on the nodes of a dial say. It fails where one of them dropped a packet of the dial, or is not well by
 * its own word; what an agent says of other nodes is no matter here.
 */
export function agentStation(flow: Flow, known: Known, patience: number, far: SceneNode | undefined): PathStation {
  const nodes = [...new Set([flow.from.node, flow.toPod?.node].filter((name) => name !== undefined))];
  const stations = nodes.map((node) => stationOn(node, flow, known, patience, far));
  const order = ["fails", "works", "not looked"] as const;
  const [first] = stations.sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  return first ?? { hop, where: `node ${flow.from.node}`, state: "not looked", because: "its node is not known" };
}

function stationOn(node: string, flow: Flow, known: Known, patience: number, far: SceneNode | undefined): PathStation {
  const listed = known(question(pods, { node }));
  const agent = listed?.ok ? networkAgent(node, listed.value) : undefined;
  if (!agent) {
    const because = listed?.ok
      ? "no agent of a network plugin that tells of itself was seen there"
      : "the pods there were not listed";
    return { hop, where: `node ${node}`, state: "not looked", because };
  }
  const where = agentName(agent);
  const dropped = dropOf(agent, flow, known, patience);
  if (dropped !== undefined) return { hop, where, state: "fails", because: dropped };
  const words = known(aboutItself(agent));
  if (!words)
    return { hop, where, state: "not looked", because: "it was not asked: what is known came from elsewhere" };
  if (!words.ok) return { hop, where, state: "not looked", because: words.refusal.message };
  const because = saidBy(words.value, agent.id);
  if (words.value.says.length === 0) return { hop, where, state: "not looked", because };
  return { hop, where, state: isWell(words.value, far) ? "works" : "fails", because };
}

function dropOf(agent: NetworkAgent, flow: Flow, known: Known, patience: number): string | undefined {
  if (agent.id !== "cilium") return undefined;
  const table = known(question(routes, atPod(flow.from)));
  const host = parseAddress(flow.host ?? "");
  const gateway = table?.ok && host ? routeTo(table.value, host)?.gateway : undefined;
  const heard = known(listeningTo(agent, flow, gateway, patience));
  if (!heard?.ok) return undefined;
  const drops = heard.value.drops.map((drop) => dropBy(agent, drop));
  const watched = { flow, ...(gateway ? { gateway } : {}), drops };
  return [...ofConnection(watched), ...ofNeighbours(watched)][0]?.says;
}

/** A session with a node that the dial does not go to is another matter. */
function isWell({ troubles, sessions = [] }: AgentWords, far: SceneNode | undefined): boolean {
  const down = sessions.filter(({ up, peer }) => !up && far?.internalIPs.includes(peer));
  return down.length === 0 && troubles.every((one) => one.startsWith("its BGP session"));
}

/** Asks the agents on these nodes, whatever their plugin is, where nothing else was enough. */
export function* askAgents(nodes: readonly string[]): Asking<void> {
  const all = Object.keys(agentPlugins) as AgentPluginId[];
  for (const name of new Set(nodes)) yield* agentSays({ name }, ...all);
}
