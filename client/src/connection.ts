import type { Kubeconfig } from "#cluster/kubeconfig.ts";
import { type Answer, answered, type Cluster } from "#core/cluster/cluster.ts";
import type { Demo } from "#core/diagnosis/demo.ts";
import { type EditorSurroundings, findCluster } from "./find-cluster.ts";
import { type HeldCluster, SharedCluster } from "./held-cluster.ts";
import type { Contexts } from "./tree/contexts.ts";
import type { Mark, ObjectRef } from "./tree/row.ts";
import { View } from "./tree/view.ts";

/**
 * The contexts of the kubeconfig and the one cluster that is looked at. Nothing is read, and no code for it is even
 * evaluated, before somebody looks.
 */
export class Connection {
  readonly #surroundings: EditorSurroundings;
  readonly #listeners = new Set<() => void>();
  readonly #refreshed = new Set<() => void>();
  #kubeconfig: Answer<Kubeconfig> | undefined;
  #chosen: string | undefined;
  #view: Answer<View> | undefined;
  #opening: Promise<Answer<Cluster>> | undefined;
  #shared: SharedCluster | undefined;
  #own: HeldCluster | undefined;
  #demo: Demo | undefined;
  #onlyOdd = false;
  readonly #onMark = new Set<() => void>();
  readonly #marks = new Map<string, ReadonlyMap<string, Mark>>();
  #generation = 0;
  #unfollow: (() => void) | undefined;

  constructor(surroundings: EditorSurroundings) {
    this.#surroundings = surroundings;
  }

  /** For the tree: starts to look if nobody did yet. */
  get contexts(): Contexts {
    void this.cluster();
    const known = this.#kubeconfig;
    const listed: Contexts["known"] = known?.ok ? answered(known.value.contexts) : known;
    return { known: listed, current: this.current, view: this.#view, demo: this.#demo !== undefined };
  }

  /** Whether anybody looked at a cluster. */
  get asked(): boolean {
    return this.#opening !== undefined;
  }

  /** There is no kubeconfig. */
  get missing(): boolean {
    return this.#kubeconfig?.ok === false && this.#kubeconfig.refusal.reason === "absent";
  }

  /** The name of the context that is looked at, once it is known. */
  get current(): string | undefined {
    return this.#demo?.recording.context ?? this.#chosen;
  }

  /** The same with the reason where there is none; undefined before somebody looks, and while it is being opened. */
  get opened(): Answer<View> | undefined {
    return this.#view;
  }

  /** The view of the cluster, if somebody looked at it already. */
  get view(): View | undefined {
    return this.#view?.ok ? this.#view.value : undefined;
  }

  /** The current context's cluster; a refusal says why there is none. */
  cluster(): Promise<Answer<Cluster>> {
    this.#opening ??= this.#look();
    return this.#opening;
  }

  /** The current context's cluster for work that takes its time: it stays open until it is released. */
  async hold(): Promise<Answer<HeldCluster>> {
    const opened = await this.cluster();
    if (!opened.ok) return opened;
    // Somebody refreshed just now.
    if (this.#shared?.cluster !== opened.value) return this.hold();
    return answered(this.#shared.hold());
  }

  /** Calls back when there may be something new to draw; returns what ends it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Calls back when the user asked for everything again. */
  onRefresh(listener: () => void): () => void {
    this.#refreshed.add(listener);
    return () => this.#refreshed.delete(listener);
  }

  /** Looks at another context from now on. */
  use(context: string): Promise<Answer<Cluster>> {
    this.#surroundings.remember(context);
    this.#demo = undefined;
    return this.refresh();
  }

  /** Looks at the kubeconfig again instead of the recorded cluster. */
  leaveDemo(): Promise<Answer<Cluster>> {
    this.#demo = undefined;
    return this.refresh();
  }

  /** Whether only what is odd is shown of lists. */
  set onlyOdd(only: boolean) {
    this.#onlyOdd = only;
    if (this.view) this.view.onlyOdd = only;
    this.#changed();
  }

  /** What the last diagnosis of a context said of its objects. */
  mark(context: string, marks: ReadonlyMap<string, Mark>): void {
    this.#marks.set(context, marks);
    this.#changed();
    for (const listener of this.#onMark) listener();
  }

  /** Whether there was a diagnosis of the current context. */
  get marked(): boolean {
    return this.#marks.has(this.current ?? "");
  }

  /** Calls back after a diagnosis; returns what ends it. */
  onMark(listener: () => void): () => void {
    this.#onMark.add(listener);
    return () => this.#onMark.delete(listener);
  }

  markOf({ kind, namespace, name }: ObjectRef): Mark | undefined {
    const place = namespace === undefined ? name : `${namespace}/${name}`;
    return this.#marks.get(this.current ?? "")?.get(`${kind} ${place}`);
  }

  /** The recorded cluster, if that is what is looked at. */
  get demo(): Demo | undefined {
    return this.#demo;
  }

  /** Looks at a cluster that is in no kubeconfig: a recorded one. */
  show(demo: Demo): Promise<Answer<Cluster>> {
    this.#demo = demo;
    return this.refresh();
  }

  /** Reads the kubeconfig again and asks everything again. */
  refresh(): Promise<Answer<Cluster>> {
    this.close();
    this.#opening = this.#look();
    for (const listener of this.#refreshed) listener();
    return this.#opening;
  }

  close(): void {
    this.#unfollow?.();
    this.view?.stop();
    this.#own?.release();
    this.#view = undefined;
    this.#shared = undefined;
    this.#own = undefined;
    this.#kubeconfig = undefined;
    this.#opening = undefined;
  }

  async #look(): Promise<Answer<Cluster>> {
    const generation = ++this.#generation;
    const found = await findCluster(this.#surroundings, this.#demo);
    // Somebody asked again meanwhile, so this answer is nobody's any more.
    if (generation !== this.#generation) {
      if (found.opened.ok) new SharedCluster(found.opened.value).hold().release();
      return this.cluster();
    }
    const { kubeconfig, chosen, opened, follow } = found;
    this.#unfollow = follow?.(() => void this.refresh());
    this.#kubeconfig = kubeconfig;
    this.#chosen = chosen;
    this.#shared = opened.ok ? new SharedCluster(opened.value) : undefined;
    this.#own = this.#shared?.hold();
    const changed = () => this.#changed();
    this.#view = opened.ok ? answered(new View(opened.value, this.#namespace(), changed)) : opened;
    if (this.view) this.view.onlyOdd = this.#onlyOdd;
    changed();
    return opened;
  }

  #namespace(): string {
    const contexts = this.#kubeconfig?.ok ? this.#kubeconfig.value.contexts : [];
    return contexts.find(({ name }) => name === this.current)?.namespace ?? "default";
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
