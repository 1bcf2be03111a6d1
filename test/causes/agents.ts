import type { AgentWords } from "#core/agents/agent-words.ts";
import { parseCiliumDrops } from "#core/agents/cilium-drops.ts";
import { answered, type KubeObject } from "#core/cluster/cluster.ts";
import { type AgentDrops, probe as agentDrops, type DropsArgs } from "#core/probes/agent-drops.ts";
import type { Reading } from "#core/probing/bundle.ts";
import { a, b } from "./case.ts";

/** An agent's pod as the API lists it; the tests' one stands for that of every node. */
export function agentPod(name: string, container: string): KubeObject {
  return {
    kind: "Pod",
    metadata: { name, namespace: "kube-system" },
    spec: { hostNetwork: true, containers: [{ name: container }] },
    status: { phase: "Running" },
  };
}
export const cilium = agentPod("cilium-x7k2p", "cilium-agent");

export function words(more: Partial<AgentWords>): AgentWords {
  return { version: "1.17.1", says: [], troubles: [], unread: [], ...more };
}

/** What the probe makes of a monitor's output, for the dial of a test. */
export function dropsOf(text: string, ...more: readonly string[]): AgentDrops {
  const [one, other] = [a, b].map(({ status }) => status.podIPs[1].ip as string);
  const args: DropsArgs = {
    node: "n1",
    namespace: "kube-system",
    pod: "cilium-x7k2p",
    container: "cilium-agent",
    of: [one ?? "", other ?? "", ...more],
    seconds: 1,
    together: "",
  };
  const reading = { program: () => answered({ text, cut: false }) } as unknown as Reading;
  const answer = agentDrops.read(reading, args);
  if (!answer.ok) throw new Error(`${answer.refusal.message} (${parseCiliumDrops(text).listened})`);
  return answer.value;
}

/** A dial that fails again. */
export const again = { ok: false, ms: 2000, tool: "bash", text: "" };
