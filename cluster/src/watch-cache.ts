import {
  type AbortSignalLike,
  type Answer,
  answered,
  type Cluster,
  type KubeObject,
  type ListOptions,
  type Refusal,
  type ResourceType,
  refused,
  type Watch,
  type WatchEvent,
} from "#core/cluster/cluster.ts";

export type WatchState =
  | { readonly kind: "loading" }
  | { readonly kind: "live" }
  /** `since` in milliseconds since 1970; the objects are those of then. */
  | { readonly kind: "lost"; readonly since: number; readonly refusal: Refusal }
  | { readonly kind: "ended"; readonly refusal: Refusal };

/** What one subscriber sees; many of them may share one watch. */
export interface Subscription {
  readonly state: WatchState;
  /** In the order of the API's list: by namespace and name, as etcd keeps its keys. The same array until it changes. */
  readonly objects: readonly KubeObject[];
  /** The objects as soon as they were listed once, or why they could not be. */
  loaded(signal?: AbortSignalLike): Promise<Answer<readonly KubeObject[]>>;
  stop(): void;
}

export interface WatchCacheOptions {
  /** Milliseconds for which changes are collected before subscribers hear of them, 100 if not said. */
  readonly collect?: number;
}

/**
 * Which objects: those of a type, of one namespace or of all, that the selectors match. What is kept of them has to be the same for
 * all who ask for the same.
 */
export type Selection = Omit<ListOptions, "signal">;

/** One watch for each type and selection, however many ask for it; it ends with the last of them. */
export class WatchCache {
  readonly #cluster: Pick<Cluster, "watch">;
  readonly #collect: number;
  readonly #watched = new Map<string, Watched>();

  constructor(cluster: Pick<Cluster, "watch">, { collect = 100 }: WatchCacheOptions = {}) {
    this.#cluster = cluster;
    this.#collect = collect;
  }

  /** The listener is called after every change of the objects or of the state, several at once. */
  subscribe(type: ResourceType, selection: Selection = {}, listener: () => void = () => {}): Subscription {
    const { namespace, labelSelector, fieldSelector } = selection;
    const key = JSON.stringify([type.apiVersion, type.resource, namespace, labelSelector, fieldSelector]);
    const watched = this.#running(key) ?? new Watched(this.#collect);
    if (this.#watched.get(key) !== watched) {
      this.#watched.set(key, watched);
      watched.start(this.#cluster, type, selection);
    }
    // Wrapped, so that a listener that subscribes twice is two subscribers.
    const own = () => listener();
    watched.listeners.add(own);
    return {
      get state() {
        return watched.state;
      },
      get objects() {
        return watched.objects;
      },
      loaded: (signal) => watched.loaded(signal),
      stop: () => {
        if (!watched.listeners.delete(own) || watched.listeners.size > 0) return;
        watched.stop();
        if (this.#watched.get(key) === watched) this.#watched.delete(key);
      },
    };
  }

  /** A watch that has ended is not shared any more: who subscribes now wants to look again. */
  #running(key: string): Watched | undefined {
    const watched = this.#watched.get(key);
    return watched?.state.kind === "ended" ? undefined : watched;
  }

  /** Ends every watch, whoever still subscribes. */
  close(): void {
    for (const watched of this.#watched.values()) watched.stop();
    this.#watched.clear();
  }
}

class Watched {
  readonly listeners = new Set<() => void>();
  readonly #collect: number;
  readonly #byKey = new Map<string, KubeObject>();
  readonly #waiting = new Set<() => void>();
  #state: WatchState = { kind: "loading" };
  #sorted: readonly KubeObject[] | undefined = [];
  #pending: NodeJS.Timeout | undefined;
  #watch: Watch | undefined;

  constructor(collect: number) {
    this.#collect = collect;
  }

  get state(): WatchState {
    return this.#state;
  }

  get objects(): readonly KubeObject[] {
    this.#sorted ??= [...this.#byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, object]) => object);
    return this.#sorted;
  }

  start(cluster: Pick<Cluster, "watch">, type: ResourceType, selection: Selection): void {
    this.#watch = cluster.watch(type, selection, (event) => this.#take(event));
  }

  stop(): void {
    this.#watch?.stop();
    clearTimeout(this.#pending);
    if (this.#state.kind === "loading") {
      this.#state = {
        kind: "ended",
        refusal: refused("cancelled", "The watch was stopped before it had an answer.").refusal,
      };
    }
    this.#release();
  }

  loaded(signal?: AbortSignalLike): Promise<Answer<readonly KubeObject[]>> {
    return new Promise((resolve) => {
      const settle = () => {
        this.#waiting.delete(settle);
        signal?.removeEventListener("abort", settle);
        resolve(this.#answer());
      };
      if (this.#state.kind !== "loading" || signal?.aborted) return settle();
      this.#waiting.add(settle);
      signal?.addEventListener("abort", settle);
    });
  }

  #answer(): Answer<readonly KubeObject[]> {
    const state = this.#state;
    if (state.kind === "live") return answered(this.objects);
    if (state.kind === "loading") return refused("cancelled", "The wait for the first list was cancelled.");
    return { ok: false, refusal: state.refusal };
  }

  #take(event: WatchEvent): void {
    this.#apply(event);
    if (this.#state.kind !== "loading") this.#release();
    this.#pending ??= setTimeout(() => {
      this.#pending = undefined;
      for (const listener of [...this.listeners]) listener();
    }, this.#collect);
  }

  #apply(event: WatchEvent): void {
    if (event.type === "lost") {
      const since = this.#state.kind === "lost" ? this.#state.since : Date.now();
      this.#state = { kind: "lost", since, refusal: event.refusal };
      return;
    }
    if (event.type === "ended") {
      this.#state = { kind: "ended", refusal: event.refusal };
      return;
    }
    if (event.type === "resumed") {
      this.#state = { kind: "live" };
      return;
    }
    this.#sorted = undefined;
    if (event.type === "reset") {
      this.#state = { kind: "live" };
      this.#byKey.clear();
      for (const object of event.objects) this.#byKey.set(keyOf(object), object);
    } else if (event.type === "deleted") this.#byKey.delete(keyOf(event.object));
    else this.#byKey.set(keyOf(event.object), event.object);
  }

  #release(): void {
    for (const settle of [...this.#waiting]) settle();
  }
}

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ""}/${metadata.name}`;
}
