import type { KubeObject } from "../cluster/cluster.ts";
import { ownerLabel } from "../cluster/outposts.ts";
import type { RunRecord } from "../cluster/workloads.ts";
import { restrictedContainer } from "../outposts/outpost.ts";
import { outOfMesh } from "../probing/mesh.ts";
import { dialProgram, listenProgram, ringPort } from "./program.ts";

/** Which nodes get a pod, of all that the DaemonSet controller would take. */
export interface Where {
  /** Those alone; all if absent. */
  readonly only?: readonly string[];
  /** All but those. */
  readonly without?: readonly string[];
  /** Pods stand taints. */
  readonly tainted?: boolean;
}

/** More names than these make a DaemonSet that the API server and its controller have to read again and again. */
const mostNames = 300;

/** Pods get to these nodes and to no other, but where all of a large cluster is meant: there to all that are not left out. */
export function whereFor(
  names: readonly string[],
  not: readonly string[],
  { chosen, tainted }: { readonly chosen: boolean; readonly tainted: boolean },
): Where {
  return { ...(chosen || names.length <= mostNames ? { only: names } : { without: not }), tainted };
}

/**
 * The Job that all else belongs to: its deadline ends it, its time to live removes it, and the garbage collector removes what it owns,
 * whatever became of us. A DaemonSet has neither a deadline nor a time to live.
 * https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/,
 * https://kubernetes.io/docs/concepts/architecture/garbage-collection/
 */
export function keeperJob(run: RunRecord): KubeObject {
  const command = ["sh", "-c", 'trap "exit 0" TERM; sleep "$1" & wait', run.name, `${run.seconds}`];
  return {
    apiVersion: "batch/v1",
    kind: "Job",
    metadata: metadata(run, run.name),
    spec: {
      activeDeadlineSeconds: run.seconds,
      ttlSecondsAfterFinished: 0,
      backoffLimit: 0,
      template: {
        metadata: templateMetadata(run, "keep"),
        spec: { ...podSpec(run, command), restartPolicy: "Never", activeDeadlineSeconds: run.seconds },
      },
    },
  };
}

/** A pod that listens on every node. */
export function listeners(run: RunRecord, owner: KubeObject, where: Where): KubeObject {
  return daemonSet(run, owner, "listen", where, ["sh", "-c", listenProgram, run.name, `${ringPort}`]);
}

/** A pod that dials what the plan of a round says, and stays until its log was read. */
export function diallers(run: RunRecord, owner: KubeObject, round: number, where: Where): KubeObject {
  const command = ["sh", "-c", dialProgram, run.name, `${ringPort}`, "/plan/plan", `${run.seconds}`];
  const name = planName(run, round);
  const body = daemonSet(run, owner, `dial-${round}`, where, command);
  const [container] = body.spec.template.spec.containers;
  const spec = {
    ...body.spec.template.spec,
    containers: [{ ...container, volumeMounts: [{ name: "plan", mountPath: "/plan", readOnly: true }] }],
    volumes: [{ name: "plan", configMap: { name } }],
  };
  return { ...body, spec: { ...body.spec, template: { ...body.spec.template, spec } } };
}

export function planConfigMap(run: RunRecord, owner: KubeObject, round: number, text: string): KubeObject {
  return {
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { ...metadata(run, planName(run, round)), ownerReferences: [ownedBy(owner)] },
    data: { plan: text },
  };
}

/** The pods of a part of a run. */
export function selectorOf({ name }: Pick<RunRecord, "name">, part: string): string {
  return `${ownerLabel}=${name},${partLabel}=${part}`;
}

const partLabel = "kube-ipv6/part";

function planName({ name }: RunRecord, round: number): string {
  return `${name}-dial-${round}`;
}

function daemonSet(run: RunRecord, owner: KubeObject, part: string, where: Where, command: string[]): KubeObject {
  return {
    apiVersion: "apps/v1",
    kind: "DaemonSet",
    metadata: { ...metadata(run, `${run.name}-${part}`), ownerReferences: [ownedBy(owner)] },
    spec: {
      selector: { matchLabels: { [ownerLabel]: run.name, [partLabel]: part } },
      template: {
        metadata: templateMetadata(run, part),
        spec: {
          ...podSpec(run, command),
          ...affinityOf(where),
          ...(where.tainted ? { tolerations: [{ operator: "Exists" }] } : {}),
        },
      },
    },
  };
}

/** By the name of the object, which no label may tell otherwise; such a requirement takes one name. */
function affinityOf({ only, without = [] }: Where) {
  const one = (operator: "In" | "NotIn", name: string) => ({ key: "metadata.name", operator, values: [name] });
  const terms = only
    ? only.map((name) => ({ matchFields: [one("In", name)] }))
    : without.length > 0
      ? [{ matchFields: without.map((name) => one("NotIn", name)) }]
      : [];
  const required = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: terms } };
  return terms.length === 0 ? {} : { affinity: { nodeAffinity: required } };
}

/** What one pod asks for, of every part: what a quota counts. */
export const podRequests = { cpu: "10m", memory: "16Mi" } as const;
export const podLimits = { cpu: "200m", memory: "64Mi" } as const;

/** What the restricted Pod Security Standard lets in, with nothing of the service account's. */
function podSpec(run: RunRecord, command: string[]) {
  const name = { valueFrom: { fieldRef: { fieldPath: "metadata.name" } } };
  const node = { valueFrom: { fieldRef: { fieldPath: "spec.nodeName" } } };
  return {
    terminationGracePeriodSeconds: 1,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    nodeSelector: { "kubernetes.io/os": "linux" },
    containers: [
      {
        name: "ring",
        image: run.image,
        imagePullPolicy: "IfNotPresent",
        command,
        env: [
          { name: "POD", ...name },
          { name: "NODE", ...node },
        ],
        resources: { requests: podRequests, limits: podLimits },
        securityContext: restrictedContainer,
      },
    ],
  };
}

function metadata(run: RunRecord, name: string) {
  return { name, namespace: run.namespace, labels: ownLabels(run) };
}

function templateMetadata(run: RunRecord, part: string) {
  return {
    labels: { ...ownLabels(run), [partLabel]: part, ...outOfMesh.labels },
    annotations: outOfMesh.annotations,
  };
}

function ownLabels({ name }: RunRecord): Readonly<Record<string, string>> {
  return { "app.kubernetes.io/managed-by": "kube-ipv6", [ownerLabel]: name };
}

function ownedBy({ metadata: { name, uid } }: KubeObject) {
  return { apiVersion: "batch/v1", kind: "Job", name, uid: uid ?? "" };
}
