import { type Any, type ApiObject, object, suffix } from "../objects/object.ts";
import { admit } from "./admit.ts";
import { applyPatch } from "./patch.ts";
import { groupVersion, type Resource } from "./resources.ts";
import { ApiError, badRequest, conflict, notFound } from "./status.ts";
import type { Store } from "./store.ts";
import { refuseUnknownFields } from "./strict.ts";

/** A write: where it goes and what the query says of it. */
export interface Target {
  resource: Resource;
  namespace: string | undefined;
  name: string | undefined;
  subresource: string | undefined;
  query: URLSearchParams;
}

/** Creates an object and returns it; nothing is stored on a dry run. Throws 400, 404, 409, 422. */
export function create(store: Store, target: Target, body: Any): ApiObject {
  const { resource, namespace, query } = target;
  const dry = dryRun(query, "CreateOptions");
  checkKind(resource, body);
  refuseUnknownFields(resource.kind, resource.group, body, query);
  if (resource.namespaced && !namespaceExists(store, namespace)) throw notFound("namespaces", "", namespace ?? "");
  const metadata = { ...body.metadata };
  if (!metadata.name && metadata.generateName)
    metadata.name = metadata.generateName + suffix(`${metadata.generateName}${store.revision}`);
  if (!metadata.name)
    throw badRequest(`${resource.kind}: metadata.name: Required value: name or generateName is required`);
  if (namespace !== undefined && metadata.namespace && metadata.namespace !== namespace)
    throw badRequest(`the namespace of the provided object does not match the namespace sent on the request`);
  if (store.get(resource, namespace, metadata.name)) throw alreadyExists(resource, metadata.name);
  const { apiVersion: _v, kind: _k, metadata: _m, ...rest } = body;
  const { uid: _u, resourceVersion: _r, creationTimestamp: _c, ...kept } = metadata;
  const fresh = object(
    groupVersion(resource),
    resource.kind,
    { ...kept, ...(resource.namespaced ? { namespace: namespace ?? "default" } : {}) },
    rest,
  );
  const admitted = admit(store, resource, fresh, undefined);
  return dry ? admitted : store.put(resource, admitted);
}

/** Replaces an object (PUT). Throws 404 and, for a stale resourceVersion, 409. */
export function update(store: Store, target: Target, body: Any): ApiObject {
  const { resource, namespace, name = "", query } = target;
  const dry = dryRun(query, "UpdateOptions");
  checkKind(resource, body);
  refuseUnknownFields(resource.kind, resource.group, body, query);
  if (body.metadata?.name !== name)
    throw badRequest(`the name of the object (${body.metadata?.name}) does not match the name on the URL (${name})`);
  const before = mustGet(store, resource, namespace, name);
  return replace(store, target, before, body, dry);
}

/** Patches an object, or creates it where a server-side apply finds none; `created` says which. */
export function patch(
  store: Store,
  target: Target,
  contentType: string,
  body: Any,
): { object: ApiObject; created: boolean } {
  const { resource, namespace, name = "", query } = target;
  const dry = dryRun(query, "PatchOptions");
  const applying = contentType === "application/apply-patch+yaml";
  if (applying && !query.get("fieldManager")) {
    const message = "Required value: is required for apply patch";
    throw new ApiError(422, "Invalid", `PatchOptions.meta.k8s.io "" is invalid: fieldManager: ${message}`, {
      group: "meta.k8s.io",
      kind: "PatchOptions",
      causes: [{ reason: "FieldValueRequired", message, field: "fieldManager" }],
    });
  }
  const before = store.get(resource, namespace, name);
  if (!before && applying) return { object: create(store, target, body), created: true };
  if (!before) throw notFound(resource.name, resource.group, name);
  const after = applyPatch(contentType, before, body);
  refuseUnknownFields(resource.kind, resource.group, after, query);
  return { object: replace(store, target, before, after, dry), created: false };
}

/** Deletes an object and returns what the API answers: the object for a pod or Service, else a Status. Throws 404, 409. */
export function remove(store: Store, target: Target, body: Any): Any {
  const { resource, namespace, name = "", query } = target;
  const dry = dryRun(query, "DeleteOptions") || (body?.dryRun ?? []).includes("All");
  const before = mustGet(store, resource, namespace, name);
  const uid = body?.preconditions?.uid;
  if (uid !== undefined && uid !== before.metadata.uid)
    throw conflict(
      resource.kind,
      resource.group,
      name,
      `the UID in the precondition (${uid}) does not match the UID in record (${before.metadata.uid}). The object might have been deleted and then recreated`,
    );
  if (!dry) store.delete(resource, before);
  if (resource.name === "pods" || resource.name === "services") return before;
  return {
    kind: "Status",
    apiVersion: "v1",
    metadata: {},
    status: "Success",
    details: {
      name,
      ...(resource.group === "" ? {} : { group: resource.group }),
      kind: resource.name,
      uid: before.metadata.uid,
    },
  };
}

function replace(store: Store, target: Target, before: ApiObject, after: Any, dry: boolean): ApiObject {
  const { resource } = target;
  const stale = after.metadata?.resourceVersion;
  if (stale && stale !== before.metadata.resourceVersion)
    throw conflict(
      resource.name,
      resource.group,
      before.metadata.name,
      "the object has been modified; please apply your changes to the latest version and try again",
    );
  // Status is written through its own path, and through that path only.
  const wanted =
    target.subresource === "status"
      ? { ...before, status: after.status }
      : { ...after, ...("status" in before ? { status: before.status } : {}) };
  const { uid, creationTimestamp, name, namespace } = before.metadata;
  const metadata = {
    ...wanted.metadata,
    uid,
    creationTimestamp,
    name,
    ...(namespace === undefined ? {} : { namespace }),
    resourceVersion: before.metadata.resourceVersion,
  };
  const admitted = admit(
    store,
    resource,
    { ...structuredClone(wanted), apiVersion: before.apiVersion, kind: before.kind, metadata },
    before,
  );
  if (dry || JSON.stringify(admitted) === JSON.stringify(before)) return admitted;
  return store.put(resource, admitted);
}

function mustGet(store: Store, resource: Resource, namespace: string | undefined, name: string): ApiObject {
  const found = store.get(resource, namespace, name);
  if (!found) throw notFound(resource.name, resource.group, name);
  return found;
}

function namespaceExists(store: Store, namespace: string | undefined): boolean {
  return (
    namespace === undefined ||
    store.get({ group: "", version: "v1", name: "namespaces" } as Resource, undefined, namespace) !== undefined
  );
}

function checkKind(resource: Resource, body: Any): void {
  if (body?.kind !== undefined && (body.kind !== resource.kind || body.apiVersion !== groupVersion(resource)))
    throw badRequest(
      `${body.kind} in version "${body.apiVersion}" cannot be handled as a ${resource.kind}: converting (${body.apiVersion}.${body.kind}) to (${resource.kind}): unknown conversion`,
    );
}

function alreadyExists(resource: Resource, name: string): ApiError {
  const what = resource.group === "" ? resource.name : `${resource.name}.${resource.group}`;
  return new ApiError(409, "AlreadyExists", `${what} "${name}" already exists`, {
    name,
    ...(resource.group === "" ? {} : { group: resource.group }),
    kind: resource.name,
  });
}

function dryRun(query: URLSearchParams, options: string): boolean {
  const values = query.getAll("dryRun");
  if (values.some((value) => value !== "All")) {
    const message = `Unsupported value: ${JSON.stringify(values)}: supported values: "All"`;
    throw new ApiError(422, "Invalid", `${options}.meta.k8s.io "" is invalid: dryRun: ${message}`, {
      group: "meta.k8s.io",
      kind: options,
      causes: [{ reason: "FieldValueNotSupported", message, field: "dryRun" }],
    });
  }
  return values.length > 0;
}
