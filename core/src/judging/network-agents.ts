import { type AgentPluginId, agentAmong } from "../agents/agent-among.ts";
import type { AgentWords } from "../agents/agent-words.ts";
import { agentPlugins } from "../agents/plugins/index.ts";
import type { Answer, KubeObject } from "../cluster/cluster.ts";
import { type AgentArgs, probe as agentWords } from "../probes/agent-words.ts";
import { probe as pods } from "../probes/pods.ts";
import { type Asking, type Question, question, tryAsk } from "../probing/probe.ts";
import type { SceneNode, ScenePod } from "./scene.ts";

/** The agent of a network plugin on one node. */
export interface NetworkAgent {
  readonly id: AgentPluginId;
  readonly node: string;
  readonly namespace: string;
  readonly pod: string;
  readonly container: string;
}

/** What it says, or why it could not be asked. */
export interface HeardAgent {
  readonly agent: NetworkAgent;
  readonly words: Answer<AgentWords>;
  readonly by: Question;
}

/** The agent among the pods of a node; undefined where none of a plugin that is known runs there. */
export function networkAgent(node: string, there: readonly KubeObject[]): NetworkAgent | undefined {
  const found = agentAmong(there);
  if (!found) return undefined;
  const { name, namespace = "" } = found.pod.metadata;
  return { id: found.id, node, namespace, pod: name, container: found.container };
}

export function* agentOn({ name }: Pick<SceneNode, "name">): Asking<NetworkAgent | undefined> {
  const there = yield* tryAsk(pods, { node: name });
  return there.ok ? networkAgent(name, there.value) : undefined;
}

/** Asks the agent of a node about itself, where its plugin is one of these. */
export function* agentSays(
  node: Pick<SceneNode, "name">,
  ...of: readonly AgentPluginId[]
): Asking<HeardAgent | undefined> {
  const agent = yield* agentOn(node);
  if (!agent || !of.includes(agent.id)) return undefined;
  const by = aboutItself(agent);
  return { agent, words: yield* tryAsk(by.probe, by.args as AgentArgs), by };
}

/** The same of the node of the first of these pods. */
export function* agentOfPod(there: readonly ScenePod[], of: AgentPluginId): Asking<HeardAgent | undefined> {
  const [pod] = there;
  return pod && (yield* agentSays({ name: pod.node }, of));
}

export function aboutItself({ id, ...place }: NetworkAgent): Question<AgentWords> {
  return question(agentWords, { plugin: id, ...place, together: "network agents" });
}

/** "Cilium (kube-system/cilium-x7k2p) on node n1" */
export function agentName({ id, node, namespace, pod }: NetworkAgent): string {
  return `${agentPlugins[id].name} (${namespace}/${pod}) on node ${node}`;
}
