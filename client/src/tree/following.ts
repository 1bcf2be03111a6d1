import type { Answer, Cluster, KubeObject, Refusal, ResourceType, Watch, WatchEvent } from "#core/cluster.ts";

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
  readonly #cluster: Cluster;
  readonly #changed: () => void;
  readonly #lists = new Map<string, List>();

  /** `changed` is called after every event, so whoever draws should wait for more of them. */
  constructor(cluster: Cluster, changed: () => void) {
    this.#cluster = cluster;
    this.#changed = changed;
  }

  list(type: ResourceType, options: FollowOptions = {}): Followed {
    const key = [type.apiVersion, type.resource, options.namespace, options.fieldSelector].join(" ");
    const known = this.#lists.get(key);
    if (known !== undefined) return known;
    const list = new List();
    this.#lists.set(key, list);
    list.watch = this.#cluster.watch(type, options, (event) => {
      list.take(event);
      this.#changed();
    });
    return list;
  }

  /** The longest loss of any stream, for one row that says so. */
  get lost(): Lost | undefined {
    const losses = [...this.#lists.values()].flatMap(({ lost }) => lost ?? []);
    return losses.sort((a, b) => a.since.getTime() - b.since.getTime())[0];
  }

  stop(): void {
    for (const { watch } of this.#lists.values()) watch?.stop();
    this.#lists.clear();
  }
}

class List implements Followed {
  watch: Watch | undefined;
  answer: Answer<readonly KubeObject[]> | undefined;
  lost: Lost | undefined;
  #objects = new Map<string, KubeObject>();

  take(event: WatchEvent): void {
    if (event.type === "lost") {
      this.#lose(event.refusal);
      return;
    }
    if (event.type === "ended") {
      this.answer = { ok: false, refusal: event.refusal };
      this.lost = undefined;
      return;
    }
    if (event.type === "reset") this.#objects = new Map(event.objects.map((object) => [keyOf(object), object]));
    else if (event.type === "deleted") this.#objects.delete(keyOf(event.object));
    else this.#objects.set(keyOf(event.object), event.object);
    this.lost = undefined;
    this.answer = { ok: true, value: [...this.#objects.values()] };
  }

  #lose(refusal: Refusal): void {
    this.lost ??= { since: new Date(), refusal };
    // Nothing was known yet, so the loss is all there is to say.
    if (this.answer?.ok !== true) this.answer = { ok: false, refusal };
  }
}

function keyOf({ metadata }: KubeObject): string {
  return `${metadata.namespace ?? ""}/${metadata.name}`;
}
