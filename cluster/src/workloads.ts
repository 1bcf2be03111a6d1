import { type AbortSignalLike, answered, type Refusal, type Review, refused } from "#core/cluster/cluster.ts";
import { type WorkloadKind, type Workloads, workloadKinds } from "#core/cluster/workloads.ts";
import type { Endpoint } from "./endpoint.ts";
import { json, withSignal } from "./json.ts";
import { type Ledger, onRecord, type RunEntry } from "./ledger.ts";
import { isObject, notKubernetes } from "./list.ts";
import { resourcePath } from "./resource-path.ts";
import { lackingRights } from "./rights.ts";
import { deleteObject, removeRun } from "./run-removal.ts";

/** The only writes there are: POST and DELETE of the kinds of a run, once the run is on record. */
export function workloadsIn(endpoint: Endpoint, ledger: Ledger<RunEntry>, kubeconfig: string | undefined): Workloads {
  const own = new Map<string, RunEntry>();
  const removed = async (entry: RunEntry) => ledger.settle(entry, await removeRun(endpoint, entry));
  return {
    hindrance: (namespace, signal) => hindranceOfRun(endpoint, namespace, signal),
    begin(run) {
      const begun = ledger.begin({ ...onRecord(endpoint, kubeconfig), run });
      if (!begun.ok) return begun;
      own.set(run.name, begun.value);
      return answered(undefined);
    },
    async create(run, kind, body, signal) {
      if (!own.has(run.name)) return refused("failed", `Nothing was created: ${run.name} is not on record.`);
      const what = `create ${kind} ${run.namespace}/${body.metadata.name}`;
      const path = resourcePath(workloadKinds[kind], run.namespace);
      const send = () => json(endpoint, { what, method: "POST", path, body, ...withSignal(signal) });
      const first = await send();
      // A connection that was kept may have been closed meanwhile. Nobody else has this name: what came through already is refused.
      const answer = !first.ok && first.refusal.reason === "unreachable" ? await send() : first;
      if (!answer.ok) return answer;
      return isObject(answer.value) ? answered(answer.value) : notKubernetes(endpoint, what);
    },
    async remove(run, kind, name) {
      if (own.has(run.name)) await deleteObject(endpoint, workloadKinds[kind], run.namespace, name, undefined);
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

/** What a run asks of the API server in its namespace. */
const verbsOf: Readonly<Record<WorkloadKind, readonly string[]>> = {
  Job: ["create", "list", "delete"],
  DaemonSet: ["create", "get", "list", "delete"],
  ConfigMap: ["create", "list", "delete"],
};

/** Who may create and not remove would leave something behind. */
async function hindranceOfRun(
  endpoint: Endpoint,
  namespace: string,
  signal: AbortSignalLike | undefined,
): Promise<Refusal | undefined> {
  const kinds = Object.entries(workloadKinds) as [WorkloadKind, (typeof workloadKinds)[WorkloadKind]][];
  const needed: Review[] = [
    ...kinds.flatMap(([kind, type]) => verbsOf[kind].map((verb) => ({ verb, ...type, namespace }))),
    { verb: "list", apiVersion: "v1", resource: "pods", namespace },
    { verb: "get", apiVersion: "v1", resource: "pods", subresource: "log", namespace },
  ];
  const lacking = await lackingRights(endpoint, needed, signal);
  if (!lacking.ok) return lacking.refusal;
  if (lacking.value.length === 0) return undefined;
  return refused(
    "forbidden",
    `You may not ${lacking.value.join(", ")} in namespace "${namespace}".`,
    `Ask for the Role that kube-ipv6 rbac --access api --ring --namespace ${namespace} prints.`,
  ).refusal;
}
