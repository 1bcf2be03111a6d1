import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { type ListOptions, type Refusal, type ResourceType, refused, type WatchEvent } from "#core/cluster/cluster.ts";
import type { Credentials } from "./credentials.ts";
import { startDeadline } from "./deadline.ts";
import type { Endpoint } from "./endpoint.ts";
import { LineTooLong, linesOf } from "./lines.ts";
import { isObject, parsedJson, withoutNulls } from "./list.ts";
import { isMapping, type Mapping, mappingIn, textIn } from "./mapping.ts";
import { networkRefusal } from "./network-refusal.ts";
import { authorityFor, open } from "./request.ts";
import { query, resourceInWords, resourcePath } from "./resource-path.ts";
import { sentence, serverWords, statusRefusal } from "./status-refusal.ts";

/** How a stream came to its end, and where the next one goes on from. */
export type StreamEnd =
  | { readonly kind: "closed"; readonly resourceVersion: string; readonly lived: number }
  | { readonly kind: "expired" }
  /** It was never open. */
  | { readonly kind: "failed"; readonly refusal: Refusal }
  /** What came makes no sense, or is an error of the server. */
  | { readonly kind: "broken"; readonly refusal: Refusal; readonly resourceVersion: string };

type Tell = (event: WatchEvent) => void;

/** One stream of changes of a type. */
export class WatchStream {
  readonly #endpoint: Endpoint;
  readonly #type: ResourceType;
  readonly #options: ListOptions;
  readonly #stop: AbortSignal;
  readonly #what: string;

  constructor(endpoint: Endpoint, type: ResourceType, options: ListOptions, stop: AbortSignal) {
    this.#endpoint = endpoint;
    this.#type = type;
    this.#options = options;
    this.#stop = stop;
    this.#what = `watch ${resourceInWords(type, options)}`;
  }

  /** Tells what changes after a resourceVersion, until it ends; `opened` is called when the server has agreed. */
  async follow(from: string, tell: Tell, opened: () => void): Promise<StreamEnd> {
    const what = this.#what;
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
      opened();
      return await this.#read(response, { from, seconds, tell });
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

  async #read(
    response: IncomingMessage,
    { from, seconds, tell }: { readonly from: string; readonly seconds: number; readonly tell: Tell },
  ): Promise<StreamEnd> {
    const started = Date.now();
    let resourceVersion = from;
    // A path that lost its way back leaves the stream open for ever; the server would have ended it by now.
    const overdue = setTimeout(() => response.destroy(new Error("the stream fell silent")), (seconds + 30) * 1000);
    try {
      for await (const line of linesOf(response)) {
        const event = parsedJson(line);
        if (!event || !isMapping(event.object))
          return this.#nonsense("a line of the stream is not a watch event", resourceVersion);
        if (event.type === "ERROR") return this.#serverError(event.object, resourceVersion);
        resourceVersion = versionOf(event.object) ?? resourceVersion;
        const name = eventTypes[String(event.type)];
        if (name === undefined || !isObject(event.object)) continue;
        const object = withoutNulls(event.object);
        tell({ type: name, object: this.#options.keep?.(object) ?? object });
      }
    } catch (error) {
      if (error instanceof LineTooLong) return this.#nonsense(error.message, resourceVersion);
      // Cut: by a load balancer that knows no idle connections, for instance. What is missing comes with the next stream.
    } finally {
      clearTimeout(overdue);
      response.destroy();
    }
    return { kind: "closed", resourceVersion, lived: Date.now() - started };
  }

  /** An expired watch is HTTP 200 and one ERROR event with code 410. */
  #serverError(status: Mapping, resourceVersion: string): StreamEnd {
    if (status.code === 410 || status.reason === "Expired") return { kind: "expired" };
    return this.#nonsense(textIn(status, "message") ?? "the server ended the stream with an error", resourceVersion);
  }

  #nonsense(why: string, resourceVersion: string): StreamEnd {
    const what = this.#what;
    return { kind: "broken", resourceVersion, refusal: refused("failed", sentence(what, why)).refusal };
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
