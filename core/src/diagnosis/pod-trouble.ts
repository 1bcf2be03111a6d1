import type { KubeObject } from "../cluster/cluster.ts";

/** What is wrong with a pod before any packet is sent. */
export interface PodTrouble {
  /** "pod shop/db is Pending: Unschedulable: 0/3 nodes are available" */
  readonly text: string;
  /** Nothing runs in it, so that nothing can be dialled, or dial. */
  readonly dead: boolean;
}

/** Reads a pod's phase, its containers' states and its events; undefined for a pod that is ready. */
export function podTrouble(pod: KubeObject, events: readonly KubeObject[]): PodTrouble | undefined {
  const { status = {}, metadata } = pod;
  const states = (status.containerStatuses ?? []) as ContainerStatus[];
  const before = (status.initContainerStatuses ?? []) as ContainerStatus[];
  const dead = !states.some(({ state }) => state?.running);
  const name = `pod ${metadata.namespace}/${metadata.name}`;
  const why = [reasonIn(status, [...before.filter(isInTheWay), ...states]), saidBy(events)].filter(Boolean).join("; ");
  const because = why === "" ? "" : `: ${why}`;
  if (metadata.deletionTimestamp) return { text: `${name} is being deleted${because}`, dead };
  if (status.phase === "Succeeded") return { text: `${name} has completed: none of its containers runs`, dead: true };
  if (status.phase && status.phase !== "Running") return { text: `${name} is ${status.phase}${because}`, dead: true };
  const conditions = (status.conditions ?? []) as Condition[];
  const ready = conditions.find(({ type }) => type === "Ready")?.status;
  if (ready === "True" || (ready !== "False" && !(dead && states.length > 0))) return undefined;
  return { text: `${name} is ${dead ? "not running" : "running, and not ready"}${because}`, dead };
}

/** "node n2 is not ready: NodeStatusUnknown: Kubelet stopped posting node status."; undefined for one that is. */
export function nodeTrouble({ metadata, status }: KubeObject): string | undefined {
  const conditions = (status?.conditions ?? []) as Condition[];
  const ready = conditions.find(({ type }) => type === "Ready");
  if (ready === undefined || ready.status === "True") return undefined;
  return `node ${metadata.name} is not ready: ${[ready.reason, ready.message].filter(Boolean).join(": ")}`;
}

interface ContainerStatus {
  readonly name: string;
  readonly state?: ContainerState;
  readonly lastState?: ContainerState;
}

interface ContainerState {
  readonly running?: unknown;
  readonly waiting?: { readonly reason?: string; readonly message?: string };
  readonly terminated?: { readonly reason?: string; readonly exitCode?: number };
}

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
}

/** A sidecar runs on, and what has done its work is no reason. */
function isInTheWay({ state }: ContainerStatus): boolean {
  return state?.waiting !== undefined || (state?.terminated?.exitCode ?? 0) !== 0;
}

function reasonIn(status: Readonly<Record<string, unknown>>, states: readonly ContainerStatus[]): string {
  const stopped = states.flatMap(({ name, state, lastState }) => {
    const { waiting } = state ?? {};
    const ends = [state, lastState].flatMap((one) => one?.terminated ?? []).slice(0, 1);
    const ended = ends.map(({ exitCode, reason }) => `ended with ${exitCode} (${reason ?? "no reason given"})`);
    const waits = waiting && `waits: ${[waiting.reason, waiting.message].filter(Boolean).join(": ")}`;
    if (waits) return [`container ${name} ${[waits, ...ended.map((one) => `it ${one} last`)].join("; ")}`];
    return state?.terminated ? [`container ${name} ${ended}`] : [];
  });
  const conditions = (status.conditions ?? []) as Condition[];
  const unscheduled = conditions.filter(({ type, status: is }) => type === "PodScheduled" && is === "False");
  const own = [status.reason, status.message].filter(Boolean).join(": ");
  return [own, ...unscheduled.map(({ reason, message }) => `${reason}: ${message}`), ...stopped]
    .filter(Boolean)
    .join("; ");
}

/** The last thing that went wrong. */
function saidBy(events: readonly KubeObject[]): string | undefined {
  const warnings = events.filter(({ type }) => type === "Warning");
  const last = [...warnings].sort((a, b) => String(a.lastTimestamp).localeCompare(String(b.lastTimestamp))).at(-1);
  return last && `${last.reason}: ${String(last.message).slice(0, 200)}`;
}
