import { type Cluster, type KubeObject, refused } from "#core/cluster/cluster.ts";
import type { PodRef, Subject, Target } from "#core/diagnosis/diagnosis.ts";
import { ManifestFile, type Position } from "#core/manifest/file.ts";
import { podKinds, podLabels, type Resource } from "#core/manifest/resource.ts";
import { l10n } from "../l10n.ts";
import { keptBy } from "../tree/kept.ts";
import type { Row } from "../tree/row.ts";
import { types } from "../tree/view.ts";

/** What a diagnosis from a row of the tree is about; a row that is no pod, Service or node means the whole cluster. */
export function subjectOfRow({ object, menu, label }: Row): Subject {
  if (menu === "address") return { to: { kind: "address", address: label } };
  if (object === undefined) return {};
  const { name, namespace = "default" } = object;
  if (menu === "pod") return { from: { namespace, name } };
  if (menu === "service") return { to: { kind: "service", namespace, name } };
  return menu === "node" ? { to: { kind: "node", name } } : {};
}

/** What can be asked of two rows: each pod of them may dial the other. */
export function subjectsBetween([one, other, ...more]: readonly Row[]): Subject[] {
  if (!one || !other || more.length > 0) return [];
  return [directed(one, other), directed(other, one)].flatMap((subject) => subject ?? []);
}

function directed(source: Row, target: Row): Subject | undefined {
  const to = targetOf(target);
  if (source.menu !== "pod" || source.object === undefined || to === undefined) return undefined;
  const { name, namespace = "default" } = source.object;
  return { from: { namespace, name }, to };
}

function targetOf({ menu, object }: Row): Target | undefined {
  if (object === undefined) return undefined;
  const { name, namespace = "default" } = object;
  if (menu === "pod" || menu === "service") return { kind: menu, namespace, name };
  return menu === "node" ? { kind: "node", name } : undefined;
}

/** Of a namespace it is one of its running pods that looks around. Throws a sentence if there is none. */
export async function subjectOfNamespace(namespace: string, cluster: Cluster): Promise<Subject> {
  const answer = await cluster.list(types.pods, { namespace, keep: keptBy(types.pods) });
  if (!answer.ok) throw new Error(answer.refusal.message);
  const pod = answer.value.find((one) => isRunning(one) && one.spec?.hostNetwork !== true);
  if (pod === undefined)
    throw new Error(
      l10n`No pod with a network of its own is running in namespace ${namespace}, so nothing can be dialled from it.`,
    );
  return { from: { namespace, name: pod.metadata.name }, namespace };
}

/** The Kubernetes object a position of a YAML text is in; undefined in a document that holds none. */
export function resourceAt(text: string, position: Position): Resource | undefined {
  return new ManifestFile(text).at(position).document.resources.find(({ embedded }) => embedded === undefined);
}

/** "Service default/web", for a choice; undefined for what a diagnosis cannot be about. */
export function titleOf({ kind, namespace, name }: Resource, assumed: string): string | undefined {
  if (name === undefined || ![...podKinds, "Service", "Node"].includes(kind)) return undefined;
  return kind === "Node" ? l10n`node ${name}` : `${kind} ${namespace ?? assumed}/${name}`;
}

/**
 * What a diagnosis of a manifest's object is about; of a workload it is one of its running pods. Throws a sentence if
 * there is none.
 *
 * @param assumed the namespace of a manifest that names none
 */
export async function subjectOfResource(resource: Resource, cluster: Cluster, assumed: string): Promise<Subject> {
  const { kind, name = "", namespace = assumed } = resource;
  if (kind === "Pod") return { from: { namespace, name } };
  if (kind === "Service") return { to: { kind: "service", namespace, name } };
  if (kind === "Node") return { to: { kind: "node", name } };
  return { from: await podOf(resource, cluster, namespace) };
}

async function podOf(resource: Resource, cluster: Cluster, namespace: string): Promise<PodRef> {
  const labels = podLabels(resource)?.entries() ?? [];
  const labelSelector = labels.flatMap(([key, { text }]) => (text === undefined ? [] : [`${key}=${text}`])).join(",");
  const what = `${resource.kind} ${namespace}/${resource.name}`;
  const none = refused("not-found", l10n`${what} has no labels by which its pods could be found.`);
  const answer = labelSelector === "" ? none : await cluster.list(types.pods, { namespace, labelSelector });
  if (!answer.ok) throw new Error(answer.refusal.message);
  const pod = answer.value.find(isRunning);
  if (pod === undefined) throw new Error(l10n`No pod of ${what} is running in context ${cluster.context}.`);
  return { namespace, name: pod.metadata.name };
}

function isRunning({ status, metadata }: KubeObject): boolean {
  return status?.phase === "Running" && metadata.deletionTimestamp === undefined;
}
