import { type Refusal } from "#core/cluster.ts";
import type { Endpoint } from "./endpoint.ts";
import { type ServerWords } from "./status-refusal.ts";
/**
 * Why a program was not even started. Before the upgrade to a WebSocket the API server and the kubelet answer in plain
 * HTTP, and only their words tell the cases apart: a pod that has ended is 500, one that waits for a node is 400.
 */
export declare function execRefusal(endpoint: Endpoint, what: string, words: ServerWords): Refusal;
