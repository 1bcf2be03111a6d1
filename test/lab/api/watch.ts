import type { ServerResponse } from "node:http";
import type { Any, ApiObject } from "../objects/object.ts";
import { groupVersion, type Resource } from "./resources.ts";
import type { Matches } from "./selectors.ts";
import { ApiError } from "./status.ts";
import { type Change, keyOf, type Store } from "./store.ts";

/** One watch: what it follows, and how each object is written (whole, or as a Table). */
export interface WatchRequest {
  resource: Resource;
  namespace: string | undefined;
  query: URLSearchParams;
  matches: Matches;
  represent: (object: ApiObject) => Any;
}

/** Answers a watch until its timeout, its client or a cut ends it. Throws what the API server refuses before it starts. */
export function serveWatch(store: Store, response: ServerResponse, request: WatchRequest): void {
  const { query, resource } = request;
  const initial = query.get("sendInitialEvents") === "true";
  const asked = query.get("resourceVersion") ?? "";
  refuseBadOptions(query, initial, asked);
  response.writeHead(200, { "content-type": "application/json", "cache-control": "no-cache, private" });
  response.flushHeaders();
  const send = (type: string, object: Any) => response.write(`${JSON.stringify({ type, object })}\n`);
  const from = Number(asked || "0");
  if (!initial && from > 0 && from < store.compacted) {
    send("ERROR", new ApiError(410, "Expired", `too old resource version: ${from} (${store.compacted})`).toStatus());
    response.end();
    return;
  }
  const bookmark = (annotations?: Record<string, string>) =>
    send("BOOKMARK", {
      kind: resource.kind,
      apiVersion: groupVersion(resource),
      metadata: { resourceVersion: `${store.revision}`, ...(annotations ? { annotations } : {}) },
    });
  const relay = (change: Change) => relayChange(change, request, from, send);
  if (initial || from === 0)
    for (const each of store.list(resource, request.namespace).filter(request.matches))
      send("ADDED", request.represent(each));
  else for (const change of store.since(resource, from)) relay(change);
  if (initial && query.get("allowWatchBookmarks") === "true") bookmark({ "k8s.io/initial-events-end": "true" });
  follow(store, response, relay, query, bookmark);
}

function refuseBadOptions(query: URLSearchParams, initial: boolean, asked: string): void {
  if (initial && query.get("resourceVersionMatch") !== "NotOlderThan") {
    const message = "Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan";
    const field = "resourceVersionMatch";
    throw new ApiError(422, "Invalid", `ListOptions.meta.k8s.io "" is invalid: ${field}: ${message}`, {
      group: "meta.k8s.io",
      kind: "ListOptions",
      causes: [{ reason: "FieldValueForbidden", message, field }],
    });
  }
  if (!/^\d*$/.test(asked))
    throw new ApiError(
      500,
      "",
      `resourceVersion: Invalid value: "${asked}": strconv.ParseUint: parsing "${asked}": invalid syntax`,
    );
}

/** Entering a selector is ADDED and leaving it DELETED, whatever happened to the object itself. */
function relayChange(
  change: Change,
  request: WatchRequest,
  from: number,
  send: (type: string, object: Any) => void,
): void {
  const { object, before } = change;
  if (change.resource !== keyOf(request.resource) || change.revision <= from) return;
  if (request.namespace !== undefined && object.metadata.namespace !== request.namespace) return;
  const was = before !== undefined && request.matches(before);
  const is = change.type !== "DELETED" && request.matches(object);
  if (was && is) send("MODIFIED", request.represent(object));
  else if (is) send("ADDED", request.represent(object));
  else if (was) send("DELETED", request.represent(object));
}

function follow(
  store: Store,
  response: ServerResponse,
  relay: (change: Change) => void,
  query: URLSearchParams,
  bookmark: () => void,
): void {
  const seconds = Number(query.get("timeoutSeconds") || 1800);
  const marks = query.get("allowWatchBookmarks") === "true";
  const mark = setTimeout(() => marks && bookmark(), Math.max(seconds * 1000 - 1500, 10));
  const timer = setTimeout(() => response.end(), seconds * 1000);
  // Cutting a watch drops the connection, as a restarted API server or a load balancer does.
  const cut = () => response.destroy();
  store.on("change", relay);
  store.on("cut", cut);
  store.on("expired", cut);
  response.on("close", () => {
    clearTimeout(mark);
    clearTimeout(timer);
    store.off("change", relay);
    store.off("cut", cut);
    store.off("expired", cut);
  });
}
