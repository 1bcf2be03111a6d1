import { setTimeout as pause } from "node:timers/promises";
import type { Answer, KubeObject } from "#core/cluster/cluster.ts";
import { ownerLabel } from "#core/cluster/outposts.ts";
import { endingOf } from "#core/outposts/outpost.ts";
import type { Endpoint } from "./endpoint.ts";
import { runInContainer } from "./exec.ts";
import { get, json } from "./json.ts";
import type { LedgerEntry, Removal } from "./ledger.ts";
import { type State, stateOf } from "./outpost-state.ts";
import { resourcePath } from "./resource-path.ts";

const pods = { apiVersion: "v1", resource: "pods" };

const gone: Removal = { forget: true };

/** Milliseconds a pod may take to go; its process ends at once when it is told to. */
const patience = 10_000;
const between = 150;

/** Removes it, and waits until it is gone. */
export function removeOutpost(endpoint: Endpoint, entry: LedgerEntry): Promise<Removal> {
  return entry.outpost.level === "ephemeral" ? endContainer(endpoint, entry) : deletePod(endpoint, entry);
}

async function deletePod(endpoint: Endpoint, entry: LedgerEntry): Promise<Removal> {
  const { namespace, pod } = entry.outpost;
  const found = await look(endpoint, entry);
  if (isGone(found)) return notThere(endpoint, entry);
  // Its name is random; with its label it is beyond doubt.
  if (found.ok && found.value.metadata.labels?.[ownerLabel] !== pod) return gone;
  const uid = found.ok ? found.value.metadata.uid : undefined;
  const sent = await json(endpoint, {
    what: `delete pod ${namespace}/${pod}`,
    method: "DELETE",
    path: resourcePath(pods, namespace, pod),
    body: {
      apiVersion: "v1",
      kind: "DeleteOptions",
      gracePeriodSeconds: 1,
      ...(uid === undefined ? {} : { preconditions: { uid } }),
    },
  });
  if (isGone(sent)) return notThere(endpoint, entry);
  if (!sent.ok) return { why: sent.refusal.message, forget: false };
  const until = Date.now() + patience;
  for (;;) {
    const now = await look(endpoint, entry);
    if (isGone(now)) return gone;
    if (!now.ok) return { why: `it was deleted, and nobody could see it go: ${now.refusal.message}`, forget: false };
    if (now.value.metadata.uid !== uid && uid !== undefined) return gone;
    if (Date.now() > until) return { why: "it was deleted, and its node has not ended it yet", forget: false };
    await pause(between);
  }
}

/**
 * What is not there was removed, or never came to be. A request to create it may still be on its way for as long as requests take;
 * until then it is looked for again at the next start.
 */
async function notThere(endpoint: Endpoint, { created }: LedgerEntry): Promise<Removal> {
  return { forget: Date.now() > created + 2 * endpoint.timeout };
}

/** An ephemeral container can be ended and not be removed. */
async function endContainer(endpoint: Endpoint, entry: LedgerEntry): Promise<Removal> {
  const { namespace, pod, container } = entry.outpost;
  const until = Date.now() + patience;
  for (let told = false; ; ) {
    const found = await look(endpoint, entry);
    if (isGone(found)) return gone;
    if (!found.ok) return { why: found.refusal.message, forget: false };
    const state = stateOf(found.value, entry.outpost);
    if (state.is === "absent") return notThere(endpoint, entry);
    if (state.is === "ended") return { why: listed, forget: true };
    if (Date.now() > until) return { why: lasting(entry, state), forget: false };
    if (state.is === "running" && !told) {
      told = true;
      await runInContainer(endpoint, { namespace, pod, container }, endingOf(entry.outpost), { timeout: patience });
    }
    if (state.is === "failed") return { why: `${state.why}; ${unstarted}`, forget: false };
    await pause(between);
  }
}

const listed = "it has ended and does nothing any more; Kubernetes keeps it listed until the pod is deleted";

const unstarted = "Kubernetes goes on trying and keeps it listed until the pod is deleted";

function lasting({ outpost, created }: LedgerEntry, state: State): string {
  const why = state.is === "running" ? "it did not end when it was told to" : state.why;
  return `${why}; it ends by itself by ${new Date(created + outpost.seconds * 1000).toISOString()}`;
}

function look(endpoint: Endpoint, { outpost: { namespace, pod } }: LedgerEntry): Promise<Answer<KubeObject>> {
  return get(endpoint, pods, pod, { namespace });
}

function isGone(answer: Answer<unknown>): boolean {
  return !answer.ok && answer.refusal.reason === "not-found";
}
