import { type Subscription, WatchCache } from "#cluster/watch-cache.ts";
import type { Answer, Cluster, KubeObject, Refusal, ResourceType } from "#core/cluster/cluster.ts";
import { keptBy } from "./kept.ts";

/** A list that follows the cluster by watch. */
export interface Followed {
  /** undefined until the first answer. After a connection is lost, what was last known stays. */
  readonly answer: Answer<readonly KubeObject[]> | undefined;
  /** Set while the stream is down. */
  readonly lost: Lost | undefined;
}

export interface Lost {
  readonly since: Date;
  readonly refusal: Refusal;
}

export interface FollowOptions {
  readonly namespace?: string;
  readonly fieldSelector?: string;
}

/** Starts each watch when somebody first looks at its list, and stops all of them together. */
export class Following {
  readonly #cache: WatchCache;
  readonly #changed: () => void;
  readonly #lists = new Map<string, List>();

  /** `changed` is called after changes, several at once. */
  constructor(cluster: Cluster, changed: () => void) {
    this.#cache = new WatchCache(cluster);
    this.#changed = changed;
  }

  list(type: ResourceType, options: FollowOptions = {}): Followed {
    const key = keyOf(type, options);
    const known = this.#lists.get(key);
    if (known !== undefined) return known;
    const subscription = this.#cache.subscribe(type, { ...options, keep: keptBy(type) }, () => {
      list.look();
      this.#changed();
    });
    const list = new List(subscription);
    this.#lists.set(key, list);
    return list;
  }

  /** A list that is followed already. */
  known(type: ResourceType, options: FollowOptions = {}): Followed | undefined {
    return this.#lists.get(keyOf(type, options));
  }

  /** The longest loss of any stream, for one row that says so. */
  get lost(): Lost | undefined {
    const losses = [...this.#lists.values()].flatMap(({ lost }) => lost ?? []);
    return losses.sort((a, b) => a.since.getTime() - b.since.getTime())[0];
  }

  stop(): void {
    this.#cache.close();
    this.#lists.clear();
  }
}

function keyOf({ apiVersion, resource }: ResourceType, { namespace, fieldSelector }: FollowOptions): string {
  return [apiVersion, resource, namespace, fieldSelector].join(" ");
}

class List implements Followed {
  readonly #subscription: Subscription;
  #known = false;

  constructor(subscription: Subscription) {
    this.#subscription = subscription;
    void subscription.loaded().then(({ ok }) => {
      this.#known ||= ok;
    });
  }

  /** An empty list that was once seen is something else than one that never came. */
  look(): void {
    this.#known ||= this.#subscription.state.kind === "live";
  }

  get answer(): Answer<readonly KubeObject[]> | undefined {
    const { state, objects } = this.#subscription;
    if (state.kind === "loading") return undefined;
    if (state.kind === "live" || (state.kind === "lost" && this.#known)) return { ok: true, value: objects };
    return { ok: false, refusal: state.refusal };
  }

  get lost(): Lost | undefined {
    const { state } = this.#subscription;
    return state.kind === "lost" ? { since: new Date(state.since), refusal: state.refusal } : undefined;
  }
}
