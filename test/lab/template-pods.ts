import { groupVersion, resourceOf } from "./api/resources.ts";
import type { Lab } from "./lab.ts";
import type { Any } from "./objects/object.ts";
import { until } from "./support.ts";

/** What became of a pod that runs to its end. */
export interface Outcome {
  readonly code: number;
  /** What it left in /dev/termination-log. */
  readonly message: string;
  readonly log: string;
}

/** Creates objects as manifests hold them; with `dry` the server only says whether it would. */
export async function created(lab: Lab, objects: readonly Any[], dry = false): Promise<void> {
  for (const each of objects) {
    const resource = resourceOf(each);
    if (!resource) throw new Error(`the lab's API serves no ${each.apiVersion} ${each.kind}`);
    const root = resource.group === "" ? "/api/v1" : `/apis/${groupVersion(resource)}`;
    const within = resource.namespaced ? `/namespaces/${each.metadata.namespace}` : "";
    await lab.api("POST", `${root}${within}/${resource.name}${dry ? "?dryRun=All" : ""}`, each);
  }
}

/** Does by hand what a controller and the scheduler would: makes a pod of a workload's template on a node. */
export async function podOfTemplate(lab: Lab, workload: Any, node: string, name: string): Promise<void> {
  const { namespace } = workload.metadata;
  const { metadata, spec } = templateOf(workload);
  const pod = {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { ...metadata, name, namespace },
    spec: { ...spec, nodeName: node },
  };
  await lab.api("POST", `/api/v1/namespaces/${namespace}/pods`, pod);
}

/** Waits until a pod runs. */
export async function running(lab: Lab, namespace: string, name: string): Promise<void> {
  await until(`${name} to run`, async () => (await statusOf(lab, namespace, name)).phase === "Running", 60);
}

/** Makes a pod of a workload's template, waits for its end, and takes it away. */
export async function outcomeOf(lab: Lab, workload: Any, node: string, name: string): Promise<Outcome> {
  const { namespace } = workload.metadata;
  await podOfTemplate(lab, workload, node, name);
  let status: Any;
  await until(
    `${name} to end`,
    async () => {
      status = await statusOf(lab, namespace, name);
      return ["Succeeded", "Failed"].includes(status.phase);
    },
    300,
  );
  const log = await lab.api("GET", `/api/v1/namespaces/${namespace}/pods/${name}/log`);
  await lab.api("DELETE", `/api/v1/namespaces/${namespace}/pods/${name}`);
  const { exitCode, message = "" } = status.containerStatuses[0].state.terminated;
  return { code: exitCode, message, log: String(log) };
}

async function statusOf(lab: Lab, namespace: string, name: string): Promise<Any> {
  return (await lab.api("GET", `/api/v1/namespaces/${namespace}/pods/${name}`)).status;
}

function templateOf({ kind, spec }: Any): Any {
  return kind === "CronJob" ? spec.jobTemplate.spec.template : spec.template;
}

/** What a kubelet runs to see whether a container of a workload is ready, as a workload that does this alone. */
export function readinessOf(workload: Any, container: string): Any {
  const only = structuredClone(workload);
  const { spec } = templateOf(only);
  const found = spec.containers.find(({ name }: Any) => name === container);
  spec.containers = [{ ...found, command: found.readinessProbe.exec.command }];
  return only;
}
