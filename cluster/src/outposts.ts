import { setTimeout as pause } from "node:timers/promises";
import {
  type AbortSignalLike,
  type Answer,
  answered,
  type KubeObject,
  type Refusal,
  type ResourceType,
  type Review,
  refused,
} from "#core/cluster/cluster.ts";
import type { Left, Outpost, Outposts } from "#core/cluster/outposts.ts";
import type { Endpoint } from "./endpoint.ts";
import { get, json, withSignal } from "./json.ts";
import { type Ledger, type LedgerEntry, onRecord } from "./ledger.ts";
import { removeOutpost } from "./outpost-removal.ts";
import { stateOf } from "./outpost-state.ts";
import { podPath, resourcePath } from "./resource-path.ts";
import { lackingRights } from "./rights.ts";

export const pods: ResourceType = { apiVersion: "v1", resource: "pods" };

export interface Sweeping {
  /** Removes from this cluster what processes that are gone have left in it; what is still there is returned. */
  sweep(): Promise<readonly Left[]>;
}

/** Milliseconds an outpost may take to come to run: an image may have to be fetched first. */
const patience = 60_000;
const between = 200;

/** The only writes there are: POST and DELETE of pods, PATCH of ephemeralcontainers, each on record before it is sent. */
export function outpostsIn(
  endpoint: Endpoint,
  ledger: Ledger<LedgerEntry>,
  kubeconfig: string | undefined,
): Outposts & Sweeping {
  const own = new Map<string, LedgerEntry>();
  const removed = async (entry: LedgerEntry) => ledger.settle(entry, await removeOutpost(endpoint, entry));
  return {
    hindrance: (outpost, signal) => hindrance(endpoint, outpost, signal),
    async create(outpost, signal) {
      const { body, ...described } = outpost;
      const begun = ledger.begin({ ...onRecord(endpoint, kubeconfig), outpost: described });
      if (!begun.ok) return begun;
      const entry = begun.value;
      own.set(outpost.container, entry);
      const sent = await send(endpoint, outpost, body, signal);
      // Without an answer nobody knows what the server did.
      if (!sent.ok && wasRefused(sent.refusal)) {
        own.delete(outpost.container);
        ledger.forget(entry);
      }
      return sent.ok ? running(endpoint, outpost, signal) : sent;
    },
    async removeAll() {
      const left = await Promise.all([...own.values()].map(removed));
      own.clear();
      return left.flat();
    },
    async sweep() {
      return (await Promise.all(ledger.staleIn(endpoint.server).map(removed))).flat();
    },
  };
}

function wasRefused({ reason }: Refusal): boolean {
  return !["timeout", "unreachable", "cancelled", "tls"].includes(reason);
}

async function send(
  endpoint: Endpoint,
  outpost: Outpost,
  body: unknown,
  signal: AbortSignalLike | undefined,
): Promise<Answer<unknown>> {
  const { level, namespace, pod, container } = outpost;
  const asked =
    level === "ephemeral"
      ? {
          what: `add container ${container} to pod ${namespace}/${pod}`,
          method: "PATCH" as const,
          path: podPath(namespace, pod, "ephemeralcontainers"),
          contentType: "application/strategic-merge-patch+json",
        }
      : {
          what: `create pod ${namespace}/${pod} on node ${outpost.node}`,
          method: "POST" as const,
          path: resourcePath(pods, namespace),
        };
  const answer = await json(endpoint, { ...asked, body, ...withSignal(signal) });
  if (answer.ok || answer.refusal.reason !== "forbidden") return answer;
  return { ok: false, refusal: { ...answer.refusal, ...remedyFor(answer.refusal.message, namespace) } };
}

/** Of what an admission plugin refuses no right helps. */
function remedyFor(message: string, namespace: string): { remedy?: string } {
  if (/violates PodSecurity/.test(message))
    return {
      remedy: `Namespace ${namespace} enforces Pod Security; another namespace may be given, or the command below typed by who may.`,
    };
  if (/exceeded quota|admission webhook|denied the request/.test(message))
    return { remedy: `A policy of namespace ${namespace} is in the way; another namespace may be given.` };
  return {};
}

/** Waits until it runs; what will not come to run is told of at once. */
async function running(
  endpoint: Endpoint,
  outpost: Outpost,
  signal: AbortSignalLike | undefined,
): Promise<Answer<KubeObject>> {
  const { namespace, pod } = outpost;
  const until = Date.now() + patience;
  for (;;) {
    const answer = await get(endpoint, pods, pod, { namespace, ...withSignal(signal) });
    if (!answer.ok) return answer;
    const state = stateOf(answer.value, outpost);
    if (state.is === "running") return answered(answer.value);
    if (state.is !== "coming") return refused("failed", `${nameOf(outpost)} did not come to run: ${state.why}.`);
    if (signal?.aborted) return refused("cancelled", `${nameOf(outpost)} was not waited for.`);
    if (Date.now() > until)
      return refused("timeout", `${nameOf(outpost)} did not come to run in ${patience / 1000} s: ${state.why}.`);
    await pause(between);
  }
}

function nameOf({ level, namespace, pod, container }: Outpost): string {
  return level === "ephemeral" ? `Container ${container} of pod ${namespace}/${pod}` : `Pod ${namespace}/${pod}`;
}

/** Who may create and not remove would leave something behind. */
async function hindrance(
  endpoint: Endpoint,
  { level, namespace }: Outpost,
  signal: AbortSignalLike | undefined,
): Promise<Refusal | undefined> {
  const review = (verb: string, subresource?: string): Review => ({
    verb,
    apiVersion: "v1",
    resource: "pods",
    namespace,
    ...(subresource ? { subresource } : {}),
  });
  const needed = [
    ...(level === "ephemeral" ? [review("patch", "ephemeralcontainers")] : [review("create"), review("delete")]),
    review("get"),
    review("get", "exec"),
    review("create", "exec"),
  ];
  const lacking = await lackingRights(endpoint, needed, signal);
  if (!lacking.ok) return lacking.refusal;
  if (lacking.value.length === 0) return undefined;
  return refused(
    "forbidden",
    `You may not ${lacking.value.join(", ")} in namespace "${namespace}".`,
    `Ask for a Role in namespace ${namespace} with it, or have the command below typed by who may.`,
  ).refusal;
}
