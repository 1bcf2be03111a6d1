import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { type AbortSignalLike, type Answer, answered } from "#core/cluster/cluster.ts";
import type { Authority } from "./authority.ts";
import { type Deadline, pause, startDeadline } from "./deadline.ts";
import type { Endpoint } from "./endpoint.ts";
import { networkRefusal } from "./network-refusal.ts";

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
export async function request(endpoint: Endpoint, asked: Request): Promise<Answer<Response>> {
  const first = await attempt(endpoint, asked);
  return first.ok && (await worthAnother(endpoint, asked, first.value)) ? attempt(endpoint, asked) : first;
}

interface Headed extends Response {
  /** Milliseconds. */
  readonly retryAfter: number | undefined;
}

async function worthAnother(endpoint: Endpoint, asked: Request, { status, retryAfter }: Headed): Promise<boolean> {
  if (status === 401) return endpoint.credentials.renew();
  if ((status !== 429 && status !== 503) || retryAfter === undefined || retryAfter > endpoint.timeout) return false;
  const cancelled = startDeadline(undefined, asked.signal);
  await pause(retryAfter, cancelled.signal);
  cancelled.clear();
  return true;
}

async function attempt(endpoint: Endpoint, asked: Request): Promise<Answer<Headed>> {
  const authority = await authorityFor(endpoint, asked);
  if (!authority.ok) return authority;
  const deadline = startDeadline(endpoint.timeout, asked.signal);
  try {
    const response = await open(
      endpoint,
      { ...asked, headers: { "accept-encoding": "gzip" } },
      authority.value,
      deadline,
    );
    const seconds = Number(response.headers["retry-after"]);
    const retryAfter = Number.isNaN(seconds) ? undefined : seconds * 1000;
    return answered({ status: response.statusCode ?? 0, text: await textOf(response), retryAfter });
  } catch (error) {
    return { ok: false, refusal: networkRefusal(endpoint, asked.what, error, deadline.ended()) };
  } finally {
    deadline.clear();
  }
}

/**
 * The credentials, unless the caller stops waiting for them; a plugin goes on for whoever asks next. This is no part of
 * the time limit of a request: a plugin has its own.
 */
export async function authorityFor(
  endpoint: Endpoint,
  asked: Pick<Request, "what" | "signal">,
): Promise<Answer<Authority>> {
  const cancelled = startDeadline(undefined, asked.signal);
  try {
    const never = new Promise<undefined>((resolve) => {
      if (cancelled.ended()) resolve(undefined);
      cancelled.signal.addEventListener("abort", () => resolve(undefined));
    });
    const first = await Promise.race([never, endpoint.authorize()]);
    return first ?? { ok: false, refusal: networkRefusal(endpoint, asked.what, undefined, "cancelled") };
  } finally {
    cancelled.clear();
  }
}

/** Gives an answer as soon as its headers are there; the body is still to be read. Rejects with the network's error. */
export function open(
  endpoint: Endpoint,
  asked: Request,
  { headers, ...connection }: Authority,
  deadline: Deadline,
): Promise<IncomingMessage> {
  const body = asked.body === undefined ? undefined : JSON.stringify(asked.body);
  const type = body === undefined ? {} : { "content-type": "application/json" };
  const options = {
    method: asked.method ?? "GET",
    ...connection,
    ...patience,
    signal: deadline.signal,
    headers: { accept: "application/json", "user-agent": userAgent, ...asked.headers, ...type, ...headers },
  };
  return send(addressOf(endpoint, asked.path), options, body);
}

export const userAgent = "kube-ipv6";

/**
 * Node gives each address of a name 250 ms and then tries the next one; over a slow link that would fail on every one
 * of them. https://nodejs.org/api/net.html#netsetdefaultautoselectfamilyattempttimeoutvalue
 */
export const patience = { autoSelectFamilyAttemptTimeout: 2_000 };

/** The server's address may have a path of its own, as behind Rancher. */
export function addressOf({ url }: Endpoint, path: string): URL {
  return new URL(`${url.pathname.replace(/\/+$/, "")}${path}`, url);
}

function send(url: URL, options: https.RequestOptions, body: string | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = (url.protocol === "https:" ? https : http).request(url, options, resolve);
    request.on("error", (error: NodeJS.ErrnoException) => {
      // The server closes idle connections, and may do so just when one is used again.
      const stale = request.reusedSocket && error.code === "ECONNRESET" && options.method === "GET";
      if (stale) send(url, options, body).then(resolve, reject);
      else reject(error);
    });
    request.end(body);
  });
}

function textOf(response: IncomingMessage): Promise<string> {
  return response.headers["content-encoding"] === "gzip" ? pipeline(response, createGunzip(), text) : text(response);
}
