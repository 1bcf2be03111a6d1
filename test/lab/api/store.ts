import { EventEmitter } from "node:events";
import { type ApiObject, now } from "../objects/object.ts";
import { groupVersion, type Resource, resourceOf } from "./resources.ts";

/** A change of one object; `before` is what a watcher with a selector needs to tell leaving from never having matched. */
export interface Change {
  revision: number;
  type: "ADDED" | "MODIFIED" | "DELETED";
  resource: string;
  object: ApiObject;
  before?: ApiObject;
}

/**
 * The objects of the cluster under one counter of revisions, as etcd keeps them, with the history a watch replays.
 * Emits "change" for every change, "cut" to break every open stream, "expired" when watches lost their history. Objects are never altered in place: what was handed out stays as it was.
 */
export class Store extends EventEmitter<{ change: [Change]; cut: []; expired: [] }> {
  /** The first revision is well above 1, so that a client which asks from 1 meets an expired history. */
  revision = 400;
  /** Watches from this revision or older are refused as expired. */
  compacted = 400;
  constructor() {
    super();
    // One listener a watch, and a busy client has dozens.
    this.setMaxListeners(0);
  }

  readonly #objects = new Map<string, Map<string, ApiObject>>();
  #history: Change[] = [];

  /** All objects of a resource in the order of their keys; one namespace's where one is named. */
  list(resource: Resource, namespace?: string): ApiObject[] {
    const all = [...(this.#objects.get(keyOf(resource))?.entries() ?? [])];
    const wanted = namespace === undefined ? all : all.filter(([, each]) => each.metadata.namespace === namespace);
    return wanted.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
  }

  get(resource: Resource, namespace: string | undefined, name: string): ApiObject | undefined {
    return this.#objects.get(keyOf(resource))?.get(`${namespace ?? ""}/${name}`);
  }

  /** Creates or replaces an object and returns it as stored, with its new resourceVersion. */
  put(resource: Resource, object: ApiObject): ApiObject {
    const before = this.get(resource, object.metadata.namespace, object.metadata.name);
    const revision = ++this.revision;
    const stored: ApiObject = { ...object, metadata: { ...object.metadata, resourceVersion: `${revision}` } };
    this.#table(resource).set(objectKey(stored), stored);
    const type = before ? "MODIFIED" : "ADDED";
    this.#remember({ revision, type, resource: keyOf(resource), object: stored, ...(before ? { before } : {}) });
    return stored;
  }

  /** Puts an object where its own apiVersion and kind say. */
  seed(object: ApiObject): void {
    const resource = resourceOf(object);
    if (!resource) throw new Error(`the API serves no ${object.apiVersion} ${object.kind}`);
    this.put(resource, object);
  }

  delete(resource: Resource, object: ApiObject): void {
    this.#table(resource).delete(objectKey(object));
    const revision = ++this.revision;
    const gone: ApiObject = {
      ...object,
      metadata: { ...object.metadata, resourceVersion: `${revision}`, deletionTimestamp: now() },
    };
    this.#remember({ revision, type: "DELETED", resource: keyOf(resource), object: gone, before: object });
  }

  /** The changes of a resource after a revision. */
  since(resource: Resource, revision: number): Change[] {
    return this.#history.filter((change) => change.resource === keyOf(resource) && change.revision > revision);
  }

  /** Forgets the whole history: every resourceVersion handed out so far is expired for a watch. */
  expire(): void {
    this.compacted = ++this.revision;
    this.#history = [];
    this.emit("expired");
  }

  #remember(change: Change): void {
    this.#history.push(change);
    this.emit("change", change);
  }

  #table(resource: Resource): Map<string, ApiObject> {
    const key = keyOf(resource);
    const table = this.#objects.get(key) ?? new Map<string, ApiObject>();
    this.#objects.set(key, table);
    return table;
  }
}

/** The name of a resource among all: "apps/v1/daemonsets". Both names of an API group share one table where they must. */
export function keyOf(resource: Resource): string {
  // events.k8s.io/v1 shows the same events as the core group.
  return resource.name === "events" ? "v1/events" : `${groupVersion(resource)}/${resource.name}`;
}

function objectKey(object: ApiObject): string {
  return `${object.metadata.namespace ?? ""}/${object.metadata.name}`;
}
