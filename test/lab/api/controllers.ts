import { type Any, type ApiObject, now, object, suffix } from "../objects/object.ts";
import { admit } from "./admit.ts";
import { findResource, type Resource, resources } from "./resources.ts";
import { type Change, keyOf, type Store } from "./store.ts";

const [pods, nodes] = [findResource("", "v1", "pods") as Resource, findResource("", "v1", "nodes") as Resource];
const daemonSets = findResource("apps", "v1", "daemonsets") as Resource;
const jobs = findResource("batch", "v1", "jobs") as Resource;

/**
 * The part of kube-controller-manager that runs DaemonSets and Jobs which are created while the lab is up, ends Jobs by their deadline and
 * their time to live, and removes what is owned by something that is gone. What was there at the start is nobody's to run.
 */
export class Controllers {
  readonly #store: Store;
  readonly #ready = new Map<string, Set<string>>();
  readonly #owned = new Map<string, Map<string, { resource: Resource; object: ApiObject }>>();
  readonly #telling = new Set<string>();

  constructor(store: Store) {
    this.#store = store;
    store.on("change", (change) => this.#heard(change));
  }

  #heard({ type, resource, object: changed }: Change): void {
    if (type === "DELETED") {
      this.#collect(changed);
      return;
    }
    const kind = resources.find((each) => keyOf(each) === resource);
    const owners: Any[] = changed.metadata.ownerReferences ?? [];
    if (type === "ADDED" && kind)
      for (const { uid } of owners) this.#ownedBy(uid).set(changed.metadata.uid, { resource: kind, object: changed });
    if (type === "ADDED") this.#collectStray(kind, changed, owners);
    if (type === "ADDED" && resource === keyOf(daemonSets)) setImmediate(() => this.#place(changed));
    if (type === "ADDED" && resource === keyOf(jobs)) setImmediate(() => this.#begin(changed));
    if (resource === keyOf(pods)) this.#count(changed, owners);
  }

  #ownedBy(uid: string) {
    const found = this.#owned.get(uid) ?? new Map<string, { resource: Resource; object: ApiObject }>();
    this.#owned.set(uid, found);
    return found;
  }

  /** The garbage collector: what belonged to what is gone. */
  #collect({ metadata: { uid } }: ApiObject): void {
    const owned = [...(this.#owned.get(uid)?.values() ?? [])];
    this.#owned.delete(uid);
    setImmediate(() => {
      for (const { resource, object: one } of owned) this.#delete(resource, one);
    });
  }

  /** What comes after its owner has gone. */
  #collectStray(kind: Resource | undefined, stray: ApiObject, owners: Any[]): void {
    const isGone = ({ kind: of, name, uid }: Any) =>
      of === "Job" && this.#store.get(jobs, stray.metadata.namespace, name)?.metadata.uid !== uid;
    if (kind && owners.length > 0 && owners.every(isGone)) setImmediate(() => this.#delete(kind, stray));
  }

  #delete(resource: Resource, { metadata: { namespace, name, uid } }: ApiObject): void {
    const found = this.#store.get(resource, namespace, name);
    if (found && found.metadata.uid === uid) this.#store.delete(resource, found);
  }

  /** A pod on each node that fits. */
  #place(set: ApiObject): void {
    const { spec } = set.spec.template;
    const fitting = this.#store.list(nodes).filter((node) => fits(node, spec, true));
    this.#ready.set(set.metadata.uid, new Set());
    for (const node of fitting) this.#create(set, { ...spec, nodeName: node.metadata.name });
    this.#tell(set, fitting.length);
  }

  #create(owner: ApiObject, spec: Any): void {
    const { namespace, name, uid } = owner.metadata;
    const { labels, annotations } = owner.spec.template.metadata ?? {};
    const ownerReferences = [{ apiVersion: owner.apiVersion, kind: owner.kind, name, uid, controller: true }];
    // Of five letters thousands of pods would share some.
    const own = {
      name: `${name}-${suffix(`${name}${spec.nodeName}`)}${suffix(`${spec.nodeName}${name}`)}`,
      namespace: namespace ?? "default",
    };
    const pod = object("v1", "Pod", { ...own, labels, annotations, ownerReferences }, { spec });
    try {
      if (this.#store.get(keyResource(owner), namespace, name))
        this.#store.put(pods, admit(this.#store, pods, pod, undefined));
    } catch (error) {
      console.error(`controllers: ${error instanceof Error ? error.message : error}`);
    }
  }

  #count(pod: ApiObject, owners: Any[]): void {
    const set = owners.find(({ kind }) => kind === "DaemonSet");
    const job = owners.find(({ kind }) => kind === "Job");
    const { namespace } = pod.metadata;
    if (job && /^(Succeeded|Failed)$/.test(pod.status?.phase)) {
      const found = this.#store.get(jobs, namespace, job.name);
      if (found && found.metadata.uid === job.uid)
        this.#end(found, pod.status.phase === "Succeeded" ? "Complete" : "Failed");
    }
    const ready = this.#ready.get(set?.uid);
    if (!ready) return;
    const is = (pod.status?.conditions ?? []).some(({ type, status }: Any) => type === "Ready" && status === "True");
    if (is === ready.has(pod.metadata.uid)) return;
    if (is) ready.add(pod.metadata.uid);
    else ready.delete(pod.metadata.uid);
    const found = this.#store.get(daemonSets, namespace, set.name);
    if (found) this.#tell(found, found.status?.desiredNumberScheduled ?? 0);
  }

  /** A moment later, with all that has changed by then. */
  #tell({ metadata: { namespace, name, uid } }: ApiObject, desired: number): void {
    if (this.#telling.has(uid)) return;
    this.#telling.add(uid);
    setTimeout(() => {
      this.#telling.delete(uid);
      const found = this.#store.get(daemonSets, namespace, name);
      if (found?.metadata.uid !== uid) return;
      const desiredNumberScheduled = Math.max(desired, found.status?.desiredNumberScheduled ?? 0);
      const numberReady = this.#ready.get(uid)?.size ?? 0;
      const status = { desiredNumberScheduled, currentNumberScheduled: desiredNumberScheduled, numberReady };
      this.#store.put(daemonSets, { ...found, status });
    }, 50).unref();
  }

  #begin(job: ApiObject): void {
    const { spec } = job.spec.template;
    const [node] = this.#store.list(nodes).filter((each) => fits(each, spec, false));
    if (node) this.#create(job, { ...spec, nodeName: node.metadata.name });
    const { activeDeadlineSeconds } = job.spec;
    if (activeDeadlineSeconds === undefined) return;
    setTimeout(() => {
      const found = this.#store.get(jobs, job.metadata.namespace, job.metadata.name);
      if (found && found.metadata.uid === job.metadata.uid) this.#end(found, "Failed");
    }, activeDeadlineSeconds * 1000).unref();
  }

  #end(job: ApiObject, type: "Complete" | "Failed"): void {
    if (job.status?.conditions) return;
    const ended = { ...job, status: { conditions: [{ type, status: "True", lastTransitionTime: now() }] } };
    this.#store.put(jobs, ended);
    const { ttlSecondsAfterFinished } = job.spec;
    if (ttlSecondsAfterFinished !== undefined)
      setTimeout(() => this.#delete(jobs, job), ttlSecondsAfterFinished * 1000).unref();
  }
}

function keyResource({ kind }: ApiObject): Resource {
  return kind === "Job" ? jobs : daemonSets;
}

/** Taints, node selectors and required affinity by the name of a node; DaemonSets are also placed where nodes are not ready, or cordoned. */
function fits(node: ApiObject, spec: Any, daemon: boolean): boolean {
  const labels = node.metadata.labels ?? {};
  const selected = Object.entries(spec.nodeSelector ?? {}).every(([key, value]) => labels[key] === value);
  const own = new Set(
    daemon ? ["not-ready", "unreachable", "unschedulable"].map((key) => `node.kubernetes.io/${key}`) : [],
  );
  const tolerated = ({ key, effect }: Any) =>
    effect === "PreferNoSchedule" ||
    own.has(key) ||
    (spec.tolerations ?? []).some(
      (one: Any) => one.operator === "Exists" && (one.key === undefined || one.key === key),
    );
  const terms: Any[] =
    spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  const named = ({ operator, values }: Any) => (operator === "In") === values.includes(node.metadata.name);
  return (
    selected &&
    (node.spec?.taints ?? []).every(tolerated) &&
    (terms.length === 0 || terms.some(({ matchFields }) => matchFields.every(named)))
  );
}
