import { type AbortSignalLike, type Answer, type ResourceType, refused } from "#core/cluster/cluster.ts";
import type { Endpoint } from "./endpoint.ts";
import { parsedJson } from "./list.ts";
import { isMapping } from "./mapping.ts";
import { request } from "./request.ts";
import { resourceInWords } from "./resource-path.ts";
import { sentence } from "./status-refusal.ts";

/**
 * The groups of kinds that are installed, asked once a server: a question about a kind that nobody installed is answered here, and
 * is no request that ends in a 404. https://kubernetes.io/docs/concepts/overview/kubernetes-api/#discovery-api
 */
export class InstalledGroups {
  readonly #endpoint: Endpoint;
  /** Whether a `group/version` is served; undefined where nobody may know. */
  #known: Promise<ReadonlySet<string> | undefined> | undefined;

  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint;
  }

  /** A refusal for a type of a group that is not there; undefined for any other, and wherever the server does not say. */
  async missing(type: ResourceType, signal: AbortSignalLike | undefined): Promise<Answer<never> | undefined> {
    if (isBuiltIn(type)) return undefined;
    this.#known ??= this.#ask(signal);
    const served = await this.#known;
    // Whoever was refused, or cancelled, says nothing for those who ask later.
    if (served === undefined) this.#known = undefined;
    if (served === undefined || served.has(type.apiVersion)) return undefined;
    return refused(
      "unsupported",
      sentence(`list ${resourceInWords(type, {})}`, `this cluster has no ${type.apiVersion}`),
      "The server does not serve this kind: what provides it is not installed, or the cluster is older.",
    );
  }

  async #ask(signal: AbortSignalLike | undefined): Promise<ReadonlySet<string> | undefined> {
    const what = "list the groups of kinds";
    const response = await request(this.#endpoint, { what, path: "/apis", ...(signal ? { signal } : {}) });
    if (!response.ok || response.value.status !== 200) return undefined;
    const groups = parsedJson(response.value.text)?.groups;
    if (!Array.isArray(groups)) return undefined;
    return new Set(
      groups.filter(isMapping).flatMap(({ versions }) => (Array.isArray(versions) ? versions.flatMap(nameOf) : [])),
    );
  }
}

function nameOf(version: unknown): string[] {
  return isMapping(version) && typeof version.groupVersion === "string" ? [version.groupVersion] : [];
}

/** Served by every API server that this program knows how to talk to. */
function isBuiltIn({ apiVersion }: ResourceType): boolean {
  return /^(v1|(apps|discovery\.k8s\.io|networking\.k8s\.io|events\.k8s\.io|authorization\.k8s\.io)\/v1)$/.test(
    apiVersion,
  );
}
