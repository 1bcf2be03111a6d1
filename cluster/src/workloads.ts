import { type AbortSignalLike, answered, type Refusal, type Review, refused } from "#core/cluster/cluster.ts";
import { type LeftRun, type WorkloadKind, type Workloads, workloadKinds } from "#core/cluster/workloads.ts";
import type { Endpoint } from "./endpoint.ts";
import { json, mayI, withSignal } from "./json.ts";
import { isObject, notKubernetes } from "./list.ts";
import { thisProcess } from "./owner-process.ts";
import { resourcePath } from "./resource-path.ts";
import { isRunNeeded, type RunEntry, type RunLedger } from "./run-ledger.ts";
import { deleteObject, removeRun } from "./run-removal.ts";

/** The only writes there are: POST and DELETE of the kinds of a run, once the run is on record. */
export function workloadsIn(endpoint: Endpoint, ledger: RunLedger, kubeconfig: string | undefined): Workloads {
  const own = new Map<string, RunEntry>();
  const removed = async (entry: RunEntry): Promise<LeftRun[]> => {
    const { why, forget } = await removeRun(endpoint, entry);
    if (forget) ledger.forget(entry);
    else ledger.write({ ...entry, abandoned: true });
    const { run, context, server, created } = entry;
    return why === undefined ? [] : [{ run, context, server, created, why }];
  };
  return {
    hindrance: (namespace, signal) => hindranceOfRun(endpoint, namespace, signal),
    begin(run) {
      const entry: RunEntry = {
        format: 1,
        run,
        context: endpoint.context,
        server: endpoint.server,
        ...(kubeconfig === undefined ? {} : { kubeconfig }),
        created: Date.now(),
        process: thisProcess(),
      };
      try {
        ledger.write(entry);
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error);
        return refused("failed", `Nothing was created, because it could not be written down first: ${why}.`);
      }
      own.set(run.name, entry);
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
      const stale = ledger.entries().filter((entry) => entry.server === endpoint.server && !isRunNeeded(entry));
      return (await Promise.all(stale.map(removed))).flat();
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
  const answers = await Promise.all(needed.map((each) => mayI(endpoint, each, signal)));
  const unasked = answers.find((answer) => !answer.ok);
  if (unasked && !unasked.ok) return unasked.refusal;
  const lacking = needed.filter((_, index) => answers[index]?.ok && !answers[index].value);
  if (lacking.length === 0) return undefined;
  const words = lacking.map(
    ({ verb, resource, subresource }) => `${verb} ${resource}${subresource ? `/${subresource}` : ""}`,
  );
  return refused(
    "forbidden",
    `You may not ${words.join(", ")} in namespace "${namespace}".`,
    `Ask for the Role that kube-ipv6 rbac --access api --ring --namespace ${namespace} prints.`,
  ).refusal;
}
