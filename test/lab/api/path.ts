import type { IncomingMessage } from "node:http";
import { discover } from "./discovery.ts";
import { findResource, type Resource, reviews } from "./resources.ts";
import type { Target } from "./write.ts";

/** The verb of RBAC a request means. */
export function verbOf(request: IncomingMessage, target: Target, url: URL): string {
  const watching = ["true", "1"].includes(url.searchParams.get("watch") ?? "");
  if (request.method === "GET" && watching && !target.subresource) return "watch";
  if (request.method === "GET") return target.name ? "get" : "list";
  if (request.method === "POST") return target.name && !target.subresource ? "post" : "create";
  return (
    { PUT: "update", PATCH: "patch", DELETE: target.name ? "delete" : "deletecollection" }[request.method ?? ""] ?? ""
  );
}

/** The review a path creates, or undefined. */
export function reviewed(path: string): string | undefined {
  const [, group = "", name = ""] = /^\/apis\/([^/]+)\/v1\/([^/]+)$/.exec(path) ?? [];
  return reviews[group]?.includes(name) ? name : undefined;
}

/** What a path names: undefined for no API at all, null for a resource its group does not have. */
export function parsePath(url: URL): Target | undefined | null {
  const match =
    /^\/(?:api\/v1|apis\/([^/]+)\/([^/]+))(?:\/namespaces\/([^/]+)(?=\/[a-z]))?\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?$/.exec(
      url.pathname,
    );
  if (!match) return undefined;
  const [, group = "", version = "v1", namespace, resourceName = "", name, subresource] = match.map(
    (part) => part && decodeURIComponent(part),
  );
  const resource: Resource | undefined = findResource(group, version, resourceName);
  if (!resource) return group === "" || discover(`/apis/${group}/${version}`) ? null : undefined;
  // "/namespaces/x/status" names a namespace and its subresource, not a resource called status.
  return {
    resource,
    namespace: resource.namespaced ? namespace : undefined,
    name,
    subresource,
    query: url.searchParams,
  };
}
