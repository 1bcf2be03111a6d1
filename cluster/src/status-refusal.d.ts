import { type Refusal } from "#core/cluster.ts";
import type { Endpoint } from "./endpoint.ts";
/** A server's answer that is not a success, and the words it has for it. */
export interface ServerWords {
    readonly status: number;
    readonly message: string;
    /** What the Status object names as missing; without it a 404 is about the kind, not about one object. */
    readonly named: boolean;
}
/** Reads a Status object, or the plain text that a kubelet or a proxy answers with. */
export declare function serverWords(status: number, body: string): ServerWords;
/** `what` completes "Cannot ..."; the server's own words are kept. */
export declare function statusRefusal(endpoint: Endpoint, what: string, words: ServerWords): Refusal;
/** "Cannot WHAT: REASON." with one full stop. */
export declare function sentence(what: string, reason: string): string;
