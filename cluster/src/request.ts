import http, { type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import https from "node:https";
import { text } from "node:stream/consumers";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { type AbortSignalLike, type Answer, answered } from "#core/cluster/cluster.ts";
import type { Authority } from "./authority.ts";
import type { Credentials } from "./credentials.ts";
import { type Deadline, pause, startDeadline } from "./deadline.ts";
import type { Endpoint } from "./endpoint.ts";
import { networkRefusal } from "./network-refusal.ts";

export interface Request {
  /** Completes "Cannot ..." in a refusal, for example `list pods in namespace "lab"`. */
  readonly what: string;
  readonly method?: "GET" | "POST" | "PATCH" | "DELETE";
  /** Path and query, below the server's own path. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Of the body, where it is not plain JSON. */
  readonly contentType?: string;
  readonly signal?: AbortSignalLike;
  /** Reads the body of a success, where the whole of it is more than one wants to hold. */
  readonly read?: (body: AsyncIterable<Buffer>) => Promise<string>;
}

export interface Response {
  readonly status: number;
  readonly text: string;
  /** What the server warns of, in its words; https://kubernetes.io/blog/2020/09/03/warnings/ */
  readonly warnings: readonly string[];
}

/**
 * One request and its whole answer, whatever its status. Asks again where that is sure to be harmless: once with renewed
 * credentials after 401, over a new connection where a kept one was closed, and as client-go after `Retry-After` of a busy
 * server. Refuses only where there is no answer.
 */
export async function request(endpoint: Endpoint, asked: Request): Promise<Answer<Response>> {
  let renewed = false;
  for (let retries = 0; ; retries++) {
    const answer = await attempt(endpoint, asked);
    if (!answer.ok) return answer;
    const { status, retryAfter, by } = answer.value;
    if (status === 401) {
      if (renewed || !endpoint.credentials.renew(by)) return answer;
      renewed = true;
    } else {
      if (retryAfter === undefined || retryAfter > endpoint.timeout || retries === mostRetries) return answer;
      if (!(await waited(retryAfter, asked.signal))) return answer;
    }
  }
}

/** https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/client-go/rest/with_retry.go */
const mostRetries = 10;

interface Headed extends Response {
  /** Milliseconds, where the server says that asking again then may help. */
  readonly retryAfter: number | undefined;
  readonly by: Credentials;
}

async function waited(milliseconds: number, signal: AbortSignalLike | undefined): Promise<boolean> {
  const cancelled = startDeadline(undefined, signal);
  await pause(milliseconds, cancelled.signal);
  cancelled.clear();
  return cancelled.ended() === undefined;
}

async function attempt(endpoint: Endpoint, asked: Request): Promise<Answer<Headed>> {
  const authority = await authorityFor(endpoint, asked);
  if (!authority.ok) return authority;
  const by = authority.value.credentials;
  const deadline = startDeadline(endpoint.timeout, asked.signal);
  try {
    const response = await open(
      endpoint,
      { ...asked, headers: { "accept-encoding": "gzip" } },
      authority.value,
      deadline,
    );
    return answered({
      status: response.statusCode ?? 0,
      text: await textOf(response, asked.read),
      warnings: warningsOf(response),
      retryAfter: retryAfterOf(response),
      by,
    });
  } catch (error) {
    return { ok: false, refusal: networkRefusal(endpoint, asked.what, error, deadline.ended()) };
  } finally {
    deadline.clear();
  }
}

/** `299 - "text"`, with `"` and `\` escaped; https://www.rfc-editor.org/rfc/rfc7234#section-5.5 */
function warningsOf({ headers }: IncomingMessage): readonly string[] {
  const found = (headers.warning ?? "").matchAll(/299 \S+ "((?:[^"\\]|\\.)*)"/g);
  return [...found].map(([, text = ""]) => text.replace(/\\(.)/g, "$1"));
}

/** Only of a server that is busy or failed, and only in seconds: a date is none of client-go's business either. */
function retryAfterOf({ statusCode = 0, headers }: IncomingMessage): number | undefined {
  const says = headers["retry-after"] ?? "";
  return (statusCode === 429 || statusCode >= 500) && /^\d+$/.test(says) ? Number(says) * 1000 : undefined;
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
  { headers, connection }: Authority,
  deadline: Deadline,
): Promise<IncomingMessage> {
  const body = asked.body === undefined ? undefined : JSON.stringify(asked.body);
  // Of a DELETE Node.js would not say by itself that it has a body.
  const type =
    body === undefined
      ? {}
      : {
          "content-type": asked.contentType ?? "application/json",
          "content-length": `${Buffer.byteLength(body)}`,
        };
  const options = {
    method: asked.method ?? "GET",
    ...connection,
    ...patience,
    signal: deadline.signal,
    headers: {
      accept: "application/json",
      "user-agent": userAgent,
      ...asked.headers,
      ...type,
      ...headers,
    } as OutgoingHttpHeaders,
  };
  return send(addressOf(endpoint, asked.path), options, body);
}

export const userAgent = "kube-ipv6";

/**
 * Node gives each address of a name 250 ms and then tries the next one; over a slow link that would fail on every one
 * of them. https://nodejs.org/api/net.html#netsetdefaultautoselectfamilyattempttimeoutvalue
 */
export const patience = { autoSelectFamilyAttemptTimeout: 2_000 };

/**
 * The server's address may have a path of its own, as behind Rancher. It is put together as text: resolved as a reference, a path
 * that begins with two slashes would be another host, and that one would get the token.
 */
export function addressOf({ url }: Endpoint, path: string): URL {
  const end = path.includes("?") ? path.indexOf("?") : path.length;
  const address = new URL(url);
  address.pathname = `${url.pathname}/${path.slice(0, end)}`.replace(/\/{2,}/g, "/");
  address.search = path.slice(end);
  address.hash = "";
  return address;
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

function textOf(response: IncomingMessage, read: Request["read"]): Promise<string> {
  const take: (body: AsyncIterable<Buffer>) => Promise<string> = response.statusCode === 200 && read ? read : text;
  return response.headers["content-encoding"] === "gzip" ? pipeline(response, createGunzip(), take) : take(response);
}
