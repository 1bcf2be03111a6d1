import type { KubeObject } from "../cluster/cluster.ts";
import { type LogArgs, probe as logWords, type Speaker } from "../probes/log-words.ts";
import { probe as pods } from "../probes/pods.ts";
import { type Asking, type Question, question, tryAsk } from "../probing/probe.ts";

export interface Said {
  /** "kube-system/kube-proxy-x7" */
  readonly pod: string;
  readonly found: readonly string[];
  readonly by: Question;
}

/** What the agent of a node, known by the beginning of its pod's name, said in its log; undefined where there is none, or it may not be read. */
export function* agentSaid(node: string, name: RegExp, of: Speaker): Asking<Said | undefined> {
  const there = yield* tryAsk(pods, { node });
  const pod = there.ok ? there.value.find(({ metadata }) => name.test(metadata.name)) : undefined;
  return pod && (yield* podSaid(pod, of));
}

/**
 * The same of a pod's container that does not run, else its first. Of an application that was started again and says nothing
 * yet it is what it said before; of an agent that would be no word about today.
 */
export function* podSaid(pod: KubeObject, of: Speaker, about?: string): Asking<Said | undefined> {
  const { name, namespace = "" } = pod.metadata;
  const states = (pod.status?.containerStatuses ?? []) as { name: string; state?: { running?: unknown } }[];
  const ended = states.find(({ state }) => state?.running === undefined)?.name;
  const container = String(ended ?? pod.spec?.containers?.[0]?.name ?? "");
  const args: LogArgs = { namespace, pod: name, container, of, ...(about ? { about } : {}) };
  const now = yield* tryAsk(logWords, args);
  const told = now.ok && now.value.found.length > 0;
  const statuses = (pod.status?.containerStatuses ?? []) as { name: string; restartCount?: number }[];
  const restarted = (statuses.find((one) => one.name === container)?.restartCount ?? 0) > 0;
  const earlier: LogArgs = { ...args, previous: true };
  const before = !told && restarted && of === "application" ? yield* tryAsk(logWords, earlier) : undefined;
  if (before?.ok && before.value.found.length > 0)
    return { pod: `${namespace}/${name}`, found: before.value.found, by: question(logWords, earlier) };
  return now.ok ? { pod: `${namespace}/${name}`, found: now.value.found, by: question(logWords, args) } : undefined;
}
