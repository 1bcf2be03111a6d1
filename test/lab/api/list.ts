import type { Any, ApiObject } from "../objects/object.ts";
import { groupVersion, type Resource } from "./resources.ts";
import type { Matches } from "./selectors.ts";
import { ApiError, badRequest } from "./status.ts";
import type { Store } from "./store.ts";

/** Pages cut from the list as it was at its first page: a continue token outlives what changes meanwhile. */
export class Lists {
  readonly #store: Store;
  readonly #snapshots = new Map<number, Map<string, ApiObject[]>>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** A list or one page of it, as the API writes it. Throws 400, 410 and 504 as the API server does. */
  list(resource: Resource, namespace: string | undefined, query: URLSearchParams, matches: Matches): Any {
    const token = query.get("continue") ?? "";
    refuseRevision(this.#store, query, token);
    const start = token === "" ? undefined : this.#resume(token);
    const revision = start && start.rv > 0 ? start.rv : this.#store.revision;
    const all = this.#snapshot(resource, namespace, revision).filter(matches);
    const rest = start ? all.filter((each) => keyOf(each, namespace) >= start.start) : all;
    const limit = Number(query.get("limit") || "0");
    const page = limit > 0 ? rest.slice(0, limit) : rest;
    const metadata: Any = { resourceVersion: `${revision}` };
    const left = rest.length - page.length;
    if (left > 0) {
      metadata.continue = encode({
        v: "meta.k8s.io/v1",
        rv: revision,
        start: `${keyOf(page.at(-1) as ApiObject, namespace)}\u0000`,
      });
      // With a selector the API server does not know how many are left.
      if (!query.get("labelSelector") && !query.get("fieldSelector")) metadata.remainingItemCount = left;
    }
    const items = page.map(({ kind: _kind, apiVersion: _apiVersion, ...each }) => each);
    return { kind: `${resource.kind}List`, apiVersion: groupVersion(resource), metadata, items };
  }

  /** Forgets the snapshots: every continue token given so far is expired. */
  expire(): void {
    this.#snapshots.clear();
  }

  #resume(token: string): { rv: number; start: string } {
    const decoded = decode(token);
    if (decoded.rv > 0 && !this.#snapshots.has(decoded.rv)) {
      const message =
        "The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter, or use the continue token in this response to retrieve the remainder of the results. Continuing with the provided token results in an inconsistent list - objects that were created, modified, or deleted between the time the first chunk was returned and now may show up in the list.";
      throw new ApiError(410, "Expired", message, undefined, { continue: encode({ ...decoded, rv: -1 }) });
    }
    return decoded;
  }

  #snapshot(resource: Resource, namespace: string | undefined, revision: number): ApiObject[] {
    const name = `${groupVersion(resource)}/${resource.name}/${namespace ?? ""}`;
    const at = this.#snapshots.get(revision) ?? new Map<string, ApiObject[]>();
    this.#snapshots.set(revision, at);
    if (this.#snapshots.size > 50) this.#snapshots.delete(this.#snapshots.keys().next().value ?? 0);
    const found = at.get(name) ?? this.#store.list(resource, namespace);
    at.set(name, found);
    return found;
  }
}

function refuseRevision(store: Store, query: URLSearchParams, token: string): void {
  const asked = query.get("resourceVersion") ?? "";
  if (token !== "" && asked !== "" && asked !== "0")
    throw badRequest("specifying resource version is not allowed when using continue");
  if (Number(asked) > store.revision)
    throw new ApiError(504, "Timeout", `Timeout: Too large resource version: ${asked}, current: ${store.revision}`, {
      causes: [{ reason: "ResourceVersionTooLarge", message: "Too large resource version" }],
      retryAfterSeconds: 1,
    });
  if (query.get("resourceVersionMatch") === "Exact" && Number(asked) < store.compacted)
    throw new ApiError(410, "Expired", "The resourceVersion for the provided list is too old.");
}

function keyOf(object: ApiObject, namespace: string | undefined): string {
  const { name } = object.metadata;
  return namespace !== undefined || object.metadata.namespace === undefined
    ? name
    : `${object.metadata.namespace}/${name}`;
}

function encode(token: object): string {
  return Buffer.from(JSON.stringify(token)).toString("base64url");
}

function decode(token: string): { rv: number; start: string } {
  try {
    const decoded = JSON.parse(Buffer.from(token, "base64url").toString());
    return { rv: Number(decoded.rv), start: `${decoded.start}` };
  } catch {
    throw badRequest(
      "invalid continue token: continue key is not valid: invalid character looking for beginning of value",
    );
  }
}
