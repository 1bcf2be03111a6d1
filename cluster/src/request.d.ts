import { type IncomingMessage } from "node:http";
import { type AbortSignalLike, type Answer } from "#core/cluster.ts";
import { type Deadline } from "./deadline.ts";
import type { Authority, Endpoint } from "./endpoint.ts";
export interface Request {
    /** Completes "Cannot ..." in a refusal, for example `list pods in namespace "lab"`. */
    readonly what: string;
    readonly method?: "GET" | "POST";
    /** Path and query, below the server's own path. */
    readonly path: string;
    readonly headers?: Readonly<Record<string, string>>;
    /** Sent as JSON. */
    readonly body?: unknown;
    readonly signal?: AbortSignalLike;
}
export interface Response {
    readonly status: number;
    readonly text: string;
}
/**
 * One request and its whole answer, whatever its status. Asks again once where that is sure to be harmless: with
 * renewed credentials after 401, over a new connection where a kept one was closed, after `Retry-After` if that is
 * short. Refuses only where there is no answer.
 */
export declare function request(endpoint: Endpoint, asked: Request): Promise<Answer<Response>>;
/**
 * The credentials, unless the caller stops waiting for them; a plugin goes on for whoever asks next. This is no part of
 * the time limit of a request: a plugin has its own.
 */
export declare function authorityFor(endpoint: Endpoint, asked: Pick<Request, "what" | "signal">): Promise<Answer<Authority>>;
/** Gives an answer as soon as its headers are there; the body is still to be read. Rejects with the network's error. */
export declare function open(endpoint: Endpoint, asked: Request, { agent, headers }: Authority, deadline: Deadline): Promise<IncomingMessage>;
export declare const userAgent = "kube-ipv6";
/** The server's address may have a path of its own, as behind Rancher. */
export declare function addressOf({ url }: Endpoint, path: string): URL;
