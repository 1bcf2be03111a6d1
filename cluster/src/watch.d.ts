import { type ListOptions, type ResourceType, type Watch, type WatchEvent } from "#core/cluster.ts";
import type { Endpoint } from "./endpoint.ts";
/**
 * Follows a type: a list, then what changes from its resourceVersion on. A stream that the server ends in good order is
 * opened again where it stopped, silently; an expired one is listed anew (`reset`); one that is cut is `lost`, and listed
 * anew after a pause that grows. Until `stop`, or until looking again makes no sense (`ended`).
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes
 */
export declare function watchType(endpoint: Endpoint, type: ResourceType, options: ListOptions, listener: (event: WatchEvent) => void): Watch;
