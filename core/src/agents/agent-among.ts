import type { KubeObject } from "../cluster/cluster.ts";
import type { AgentPlugin } from "./agent-words.ts";
import { agentPlugins } from "./plugins/index.ts";

export type AgentPluginId = keyof typeof agentPlugins;

/** The plugin whose agent runs among these pods of a node, with its pod; undefined where none is known. kindnet has nothing that tells. */
export function agentAmong(
  pods: readonly KubeObject[],
): { readonly id: AgentPluginId; readonly pod: KubeObject; readonly container: string } | undefined {
  const running = pods.filter(({ status }) => status?.phase === "Running");
  const plugins = Object.entries(agentPlugins) as [AgentPluginId, AgentPlugin][];
  for (const [id, { container }] of plugins.sort(
    ([, a], [, b]) => Number(a.second ?? false) - Number(b.second ?? false),
  )) {
    for (const pod of running) {
      const names = ((pod.spec?.containers ?? []) as { name?: unknown }[]).map(({ name }) => String(name));
      const own = names.find((name) => container.test(name));
      if (own !== undefined) return { id, pod, container: own };
    }
  }
  return undefined;
}
