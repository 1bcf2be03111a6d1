import {
  type ListOptions,
  type Refusal,
  type ResourceType,
  refused,
  type Watch,
  type WatchEvent,
} from "#core/cluster/cluster.ts";
import { pause } from "./deadline.ts";
import type { Endpoint } from "./endpoint.ts";
import { listAll } from "./list.ts";
import { Pace } from "./pace.ts";
import { resourceInWords } from "./resource-path.ts";
import { sentence } from "./status-refusal.ts";
import { WatchStream } from "./watch-stream.ts";

/**
 * Follows a type: a list, then what changes from its resourceVersion on. A stream that ends or is cut is opened again where it
 * stopped, silently; where that fails it is `lost` until it goes on (`resumed`); an expired one is listed anew (`reset`). Pauses
 * grow however it ended. Until `stop`, or until looking again makes no sense (`ended`).
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

/** Reasons that stay as they are until the user does something; asking again would only make noise. */
const final: ReadonlySet<string> = new Set([
  "unauthorized",
  "forbidden",
  "not-found",
  "unsupported",
  "config",
  "untrusted",
  "cancelled",
]);

/** Broken streams in a row after which the resourceVersion itself is not trusted any more. */
const mostBroken = 3;

class Following {
  readonly #endpoint: Endpoint;
  readonly #type: ResourceType;
  readonly #options: ListOptions;
  readonly #tell: (event: WatchEvent) => void;
  readonly #stop: AbortSignal;
  readonly #pace = new Pace();
  /** Where the next stream goes on from; undefined until a list has said. */
  #from: string | undefined;
  #lost = false;
  #broken = 0;

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
      const refusal = this.#from === undefined ? await this.#list() : await this.#follow(this.#from);
      if (refusal && final.has(refusal.reason)) return this.#tell({ type: "ended", refusal });
      if (refusal) await this.#wait(this.#pace.next(0), refusal);
    }
  }

  async #list(): Promise<Refusal | undefined> {
    const wait = this.#pace.list(Date.now());
    if (wait > 0) await this.#wait(wait, this.#busy());
    if (this.#stop.aborted) return undefined;
    const listed = await listAll(this.#endpoint, this.#type, this.#options);
    if (!listed.ok) return listed.refusal;
    this.#from = listed.value.resourceVersion;
    this.#lost = false;
    this.#tell({ type: "reset", objects: listed.value.objects });
    return undefined;
  }

  /** One stream. A refusal where it is down. */
  async #follow(from: string): Promise<Refusal | undefined> {
    const end = await new WatchStream(this.#endpoint, this.#type, this.#options, this.#stop).follow(
      from,
      this.#tell,
      () => this.#opened(),
    );
    if (this.#stop.aborted || end.kind === "failed") return end.kind === "failed" ? end.refusal : undefined;
    this.#from = end.kind === "expired" ? undefined : end.resourceVersion;
    this.#broken = end.kind === "broken" && end.resourceVersion === from ? this.#broken + 1 : 0;
    if (end.kind === "broken" && this.#broken >= mostBroken) {
      this.#from = undefined;
      this.#broken = 0;
      return end.refusal;
    }
    const lived = end.kind === "closed" ? end.lived : 0;
    await pause(this.#pace.next(lived), this.#stop);
    return undefined;
  }

  #opened(): void {
    if (this.#lost) this.#tell({ type: "resumed" });
    this.#lost = false;
  }

  #wait(retryIn: number, refusal: Refusal): Promise<void> {
    this.#lost = true;
    this.#tell({ type: "lost", refusal, retryIn });
    return pause(retryIn, this.#stop);
  }

  #busy(): Refusal {
    const what = `watch ${resourceInWords(this.#type, this.#options)}`;
    return refused("failed", sentence(what, "the server keeps nothing to go on from, and was listed often enough"))
      .refusal;
  }
}
