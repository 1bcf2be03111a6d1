import { setTimeout as pause } from "node:timers/promises";
import type { Answer, KubeObject, ResourceType } from "#core/cluster/cluster.ts";
import { ownerLabel } from "#core/cluster/outposts.ts";
import { workloadKinds } from "#core/cluster/workloads.ts";
import type { Endpoint } from "./endpoint.ts";
import { json } from "./json.ts";
import type { Removal, RunEntry } from "./ledger.ts";
import { listAll } from "./list.ts";
import { resourcePath } from "./resource-path.ts";

const pods: ResourceType = { apiVersion: "v1", resource: "pods" };

/**
 * Milliseconds between two looks; of many pods a list is no small thing to ask for, and the garbage collector deletes some twenty a second.
 * https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/ (--kube-api-qps)
 */
const shortest = 200;
const longest = 10_000;

/**
 * Deletes all that has the label of a run, what makes pods first, and waits until no pod of it is listed. By the label alone, and the
 * uid that was listed with it: what somebody else has made under such a name stays.
 */
export async function removeRun(endpoint: Endpoint, entry: RunEntry): Promise<Removal> {
  const { namespace, nodes } = entry.run;
  const until = Date.now() + 20_000 + nodes * 100;
  const between = Math.min(shortest + nodes * 4, longest);
  for (let seen = 0; ; ) {
    const left = await leftOf(endpoint, entry);
    // A server that is busy with the end of so many pods may be late.
    if (!left.ok && left.refusal.reason === "timeout" && Date.now() < until) continue;
    if (!left.ok) return { why: left.refusal.message, forget: false };
    seen = Math.max(seen, left.value.length);
    if (left.value.length === 0) return gone(endpoint, entry, seen);
    for (const { type, object } of left.value.filter((one) => one.type !== pods)) {
      const { name, uid, deletionTimestamp } = object.metadata;
      if (deletionTimestamp !== undefined) continue;
      const sent = await deleteObject(endpoint, type, namespace, name, uid);
      if (!sent.ok && sent.refusal.reason !== "not-found" && !/precondition|conflict/i.test(sent.refusal.message))
        return { why: sent.refusal.message, forget: false };
    }
    if (Date.now() > until)
      return { why: `it was deleted, and ${left.value.length} objects of it are still listed`, forget: false };
    await pause(between);
  }
}

/**
 * The request that creates the Job may still be on its way for as long as requests take; until then it is looked for again at the next
 * start. What comes after it belongs to the Job, and goes with it.
 */
function gone(endpoint: Endpoint, { created }: RunEntry, seen: number): Removal {
  return { forget: seen > 0 || Date.now() > created + 2 * endpoint.timeout };
}

interface Listed {
  readonly type: ResourceType;
  readonly object: KubeObject;
}

async function leftOf(endpoint: Endpoint, { run: { name, namespace } }: RunEntry): Promise<Answer<readonly Listed[]>> {
  const found: Listed[] = [];
  for (const type of [workloadKinds.DaemonSet, workloadKinds.Job, workloadKinds.ConfigMap, pods]) {
    const listed = await listAll(endpoint, type, {
      namespace,
      labelSelector: `${ownerLabel}=${name}`,
      keep: ({ metadata }) => ({
        metadata: {
          name: metadata.name,
          ...(metadata.uid === undefined ? {} : { uid: metadata.uid }),
          ...(metadata.deletionTimestamp === undefined ? {} : { deletionTimestamp: metadata.deletionTimestamp }),
          ...(metadata.labels?.[ownerLabel] === name ? { labels: { [ownerLabel]: name } } : {}),
        },
      }),
    });
    if (!listed.ok) return listed;
    const own = listed.value.objects.filter(({ metadata }) => metadata.labels?.[ownerLabel] === name);
    for (const object of own) found.push({ type, object });
  }
  return { ok: true, value: found };
}

/** What it owns goes with it, by the garbage collector. */
export function deleteObject(
  endpoint: Endpoint,
  type: ResourceType,
  namespace: string,
  name: string,
  uid: string | undefined,
): Promise<Answer<unknown>> {
  return json(endpoint, {
    what: `delete ${type.resource} ${namespace}/${name}`,
    method: "DELETE",
    path: resourcePath(type, namespace, name),
    body: {
      apiVersion: "v1",
      kind: "DeleteOptions",
      propagationPolicy: "Background",
      ...(uid === undefined ? {} : { preconditions: { uid } }),
    },
  });
}
