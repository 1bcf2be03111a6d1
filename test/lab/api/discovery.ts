import type { Any } from "../objects/object.ts";
import { discoveryEntries, groupVersion, resources, reviews } from "./resources.ts";

const reviewKinds: Record<string, string> = {
  selfsubjectreviews: "SelfSubjectReview",
  selfsubjectaccessreviews: "SelfSubjectAccessReview",
  selfsubjectrulesreviews: "SelfSubjectRulesReview",
};

/** What the API says about itself, by path; undefined for a path that is not discovery. */
export function discover(path: string): Any {
  if (path === "/version" || path === "/version/") return version;
  if (path === "/api") return { kind: "APIVersions", versions: ["v1"], serverAddressByClientCIDRs: [] };
  if (path === "/apis") return { kind: "APIGroupList", apiVersion: "v1", groups: groups() };
  if (path === "/openapi/v3") return openapiIndex();
  const openapi = /^\/openapi\/v3\/apis?\/(.+)$/.exec(path)?.[1];
  if (openapi !== undefined) return servedVersions().includes(openapi) ? openapiOf(openapi) : undefined;
  const named = /^\/apis\/([^/]+)$/.exec(path)?.[1];
  if (named !== undefined) return groups().find((each) => each.name === named);
  const listed = path === "/api/v1" ? "v1" : /^\/apis\/([^/]+\/[^/]+)$/.exec(path)?.[1];
  return listed !== undefined && servedVersions().includes(listed) ? resourceList(listed) : undefined;
}

const version = {
  major: "1",
  minor: "36",
  emulationMajor: "1",
  emulationMinor: "36",
  gitVersion: "v1.36.0",
  gitCommit: "",
  gitTreeState: "clean",
  buildDate: "2026-04-22T00:00:00Z",
  goVersion: "go1.26.1",
  compiler: "gc",
  platform: "linux/amd64",
};

function servedVersions(): string[] {
  return [...new Set([...resources.map(groupVersion), ...Object.keys(reviews).map((group) => `${group}/v1`)])];
}

function groups(): Any[] {
  const byGroup = new Map<string, Any[]>();
  for (const served of servedVersions().filter((each) => each.includes("/"))) {
    const [group = "", version = ""] = served.split("/");
    byGroup.set(group, [...(byGroup.get(group) ?? []), { groupVersion: served, version }]);
  }
  return [...byGroup].map(([name, versions]) => ({
    kind: "APIGroup",
    apiVersion: "v1",
    name,
    versions,
    preferredVersion: versions[0],
  }));
}

function resourceList(served: string): Any {
  const own = resources.filter((each) => groupVersion(each) === served).flatMap(discoveryEntries);
  const asked = (reviews[served.split("/")[0] ?? ""] ?? []).map((name) => ({
    name,
    singularName: name.slice(0, -1),
    namespaced: false,
    kind: reviewKinds[name],
    verbs: ["create"],
  }));
  return { kind: "APIResourceList", groupVersion: served, resources: [...own, ...asked] };
}

function openapiIndex(): Any {
  const paths = servedVersions().map((each) => (each === "v1" ? "api/v1" : `apis/${each}`));
  return {
    paths: Object.fromEntries(paths.map((path) => [path, { serverRelativeURL: `/openapi/v3/${path}?hash=0` }])),
  };
}

/** As much of the OpenAPI document as kubectl reads before it writes: that the server validates fields and knows dry runs. */
function openapiOf(served: string): Any {
  const base = served === "v1" ? "/api/v1" : `/apis/${served}`;
  const parameters = ["dryRun", "fieldManager", "fieldValidation"].map((name) => ({
    name,
    in: "query",
    schema: { type: "string", uniqueItems: true },
  }));
  const paths = resources
    .filter((each) => groupVersion(each) === served)
    .map(({ group, version, kind, name, namespaced }) => {
      const operation = {
        parameters,
        responses: { 200: { description: "OK" } },
        "x-kubernetes-group-version-kind": { group, version, kind },
      };
      const path = `${base}${namespaced ? "/namespaces/{namespace}" : ""}/${name}/{name}`;
      return [path, { patch: { ...operation, "x-kubernetes-action": "patch" }, put: operation }];
    });
  return {
    openapi: "3.0.0",
    info: { title: "Kubernetes", version: "v1.36.0" },
    paths: Object.fromEntries(paths),
    components: { schemas: {} },
  };
}
