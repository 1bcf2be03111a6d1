import { type Refusal } from "#core/cluster.ts";
import type { Ending } from "./deadline.ts";
import type { Endpoint } from "./endpoint.ts";
/** Why no answer came at all: the time was up, or the connection, the name or the certificate failed. */
export declare function networkRefusal(endpoint: Endpoint, what: string, error: unknown, ending?: Ending, limit?: number): Refusal;
