import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import {
  type ListOptions,
  type Refusal,
  type ResourceType,
  refused,
  type Watch,
  type WatchEvent,
} from "#core/cluster/cluster.ts";
import type { Credentials } from "./credentials.ts";
import { pause, startDeadline } from "./deadline.ts";
import type { Endpoint } from "./endpoint.ts";
import { linesOf } from "./lines.ts";
import { isObject, listAll, parsed } from "./list.ts";
import { isMapping, type Mapping, mappingIn, textIn } from "./mapping.ts";
import { networkRefusal } from "./network-refusal.ts";
import { authorityFor, open } from "./request.ts";
import { described, query, resourcePath } from "./resource-path.ts";
import { sentence, serverWords, statusRefusal } from "./status-refusal.ts";

/**
 * Follows a type: a list, then what changes from its resourceVersion on. A stream that the server ends in good order is
 * opened again where it stopped, silently; an expired one is listed anew (`reset`); one that is cut is `lost`, and listed
 * anew after a pause that grows. Until `stop`, or until looking again makes no sense (`ended`).
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes
 */
export function watchType(
  endpoint: Endpoint,
  type: ResourceType,
  options: ListOptions,
  listener: (event: WatchEvent) => void,
): Watch {
  const stop = new AbortController();
  const abort = () => stop.abort();
  if (options.signal?.aborted) abort();
  else options.signal?.addEventListener("abort", abort);
  // A listener that throws is its owner's mistake, and is not to look like a broken stream here.
  const tell = (event: WatchEvent) =>
    queueMicrotask(() => {
      if (!stop.signal.aborted) listener(event);
    });
  void new Following(endpoint, type, { ...options, signal: stop.signal }, tell, stop.signal)
    .run()
    .finally(() => options.signal?.removeEventListener("abort", abort));
  return { stop: abort };
}

/** How a stream came to its end. */
type StreamEnd =
  | { readonly kind: "done"; readonly resourceVersion: string; readonly quick: boolean }
  | { readonly kind: "expired" }
  | { readonly kind: "failed"; readonly refusal: Refusal };

/** Reasons that stay as they are until the user does something; asking again would only make noise. */
const final: ReadonlySet<string> = new Set([
  "unauthorized",
  "forbidden",
  "not-found",
  "unsupported",
  "config",
  "cancelled",
]);

class Following {
  readonly #endpoint: Endpoint;
  readonly #type: ResourceType;
  readonly #options: ListOptions;
  readonly #tell: (event: WatchEvent) => void;
  readonly #stop: AbortSignal;
  #failures = 0;

  constructor(
    endpoint: Endpoint,
    type: ResourceType,
    options: ListOptions,
    tell: (event: WatchEvent) => void,
    stop: AbortSignal,
  ) {
    this.#endpoint = endpoint;
    this.#type = type;
    this.#options = options;
    this.#tell = tell;
    this.#stop = stop;
  }

  async run(): Promise<void> {
    while (!this.#stop.aborted) {
      const refusal = await this.#listAndFollow();
      // One expiry is nothing; a server on which everything has expired must not be asked in a tight loop.
      if (refusal === undefined) {
        if (this.#failures++ > 0) await pause(backoff(this.#failures), this.#stop);
        continue;
      }
      if (final.has(refusal.reason)) return this.#tell({ type: "ended", refusal });
      const retryIn = backoff(this.#failures++);
      this.#tell({ type: "lost", refusal, retryIn });
      await pause(retryIn, this.#stop);
    }
  }

  /** Until the list is to be made anew: without a refusal because it expired. */
  async #listAndFollow(): Promise<Refusal | undefined> {
    const listed = await listAll(this.#endpoint, this.#type, this.#options);
    if (!listed.ok) return listed.refusal;
    this.#tell({ type: "reset", objects: listed.value.objects });
    let from = listed.value.resourceVersion;
    while (!this.#stop.aborted) {
      const end = await this.#stream(from);
      if (end.kind === "expired") return undefined;
      if (end.kind === "failed") return end.refusal;
      from = end.resourceVersion;
      // A server that ends every stream at once must not be asked in a tight loop.
      if (end.quick) await pause(backoff(this.#failures++), this.#stop);
    }
    return undefined;
  }

  async #stream(from: string): Promise<StreamEnd> {
    const what = `watch ${described(this.#type, this.#options)}`;
    const authority = await authorityFor(this.#endpoint, { what, signal: this.#stop });
    if (!authority.ok) return { kind: "failed", refusal: authority.refusal };
    // Between five and ten minutes, so that the streams of all types do not end at once; as client-go does.
    const seconds = Math.round(300 * (1 + Math.random()));
    const deadline = startDeadline(this.#endpoint.timeout, this.#stop);
    try {
      const response = await open(this.#endpoint, { what, path: this.#path(from, seconds) }, authority.value, deadline);
      if (response.statusCode !== 200) return await this.#refused(what, response, authority.value.credentials);
      // The limit was for the headers: a stream is silent for as long as nothing changes.
      deadline.stopClock();
      return await this.#read(response, from, seconds);
    } catch (error) {
      return { kind: "failed", refusal: networkRefusal(this.#endpoint, what, error, deadline.ended()) };
    } finally {
      deadline.clear();
    }
  }

  #path(from: string, seconds: number): string {
    const { namespace, labelSelector, fieldSelector } = this.#options;
    const fields = { watch: 1, resourceVersion: from, allowWatchBookmarks: "true", timeoutSeconds: seconds };
    return resourcePath(this.#type, namespace) + query({ labelSelector, fieldSelector, ...fields });
  }

  async #refused(what: string, response: IncomingMessage, by: Credentials): Promise<StreamEnd> {
    const status = response.statusCode ?? 0;
    const words = serverWords(status, await text(response));
    // With renewed credentials the list comes first again, and says so if they are not accepted either.
    if (status === 401 && this.#endpoint.credentials.renew(by)) return { kind: "expired" };
    return status === 410
      ? { kind: "expired" }
      : { kind: "failed", refusal: statusRefusal(this.#endpoint, what, words) };
  }

  async #read(response: IncomingMessage, from: string, seconds: number): Promise<StreamEnd> {
    const started = Date.now();
    let resourceVersion = from;
    // A path that lost its way back leaves the stream open for ever; the server would have ended it by now.
    const overdue = setTimeout(() => response.destroy(new Error("the stream fell silent")), (seconds + 30) * 1000);
    try {
      for await (const line of linesOf(response)) {
        const event = parsed(line);
        if (!event || !isMapping(event.object)) throw new Error("a line of the stream is not a watch event");
        if (event.type === "ERROR") return this.#serverError(event.object);
        this.#failures = 0;
        resourceVersion = versionOf(event.object) ?? resourceVersion;
        this.#pass(String(event.type), event.object);
      }
    } finally {
      clearTimeout(overdue);
      response.destroy();
    }
    return { kind: "done", resourceVersion, quick: resourceVersion === from && Date.now() - started < 1000 };
  }

  #pass(type: string, object: unknown): void {
    const name = eventTypes[type];
    if (name !== undefined && isObject(object)) this.#tell({ type: name, object });
  }

  /** An expired watch is HTTP 200 and one ERROR event with code 410. */
  #serverError(status: Mapping): StreamEnd {
    if (status.code === 410 || status.reason === "Expired") return { kind: "expired" };
    const message = textIn(status, "message") ?? "the server ended the stream with an error";
    return {
      kind: "failed",
      refusal: refused("failed", sentence(`watch ${described(this.#type, this.#options)}`, message)).refusal,
    };
  }
}

/** BOOKMARK only carries a resourceVersion. */
const eventTypes: Readonly<Record<string, "added" | "modified" | "deleted">> = {
  ADDED: "added",
  MODIFIED: "modified",
  DELETED: "deleted",
};

function versionOf(object: Mapping): string | undefined {
  return textIn(mappingIn(object, "metadata"), "resourceVersion");
}

/** Milliseconds: doubled from half a second up to 30 s, each drawn from its upper half so that clients spread. */
function backoff(failures: number): number {
  const full = Math.min(30_000, 500 * 2 ** Math.min(failures, 10));
  return Math.round(full * (0.5 + Math.random() / 2));
}
