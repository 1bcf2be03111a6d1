import type { Kubeconfig } from "#cluster/kubeconfig.ts";
import type { OpenCluster } from "#cluster/open-cluster.ts";
import { type Answer, answered, type Cluster, type Refusal, refused } from "#core/cluster.ts";
import type { Demo } from "#core/demo.ts";
import { recordedCluster } from "#core/recording.ts";
import type { Contexts } from "./tree/contexts.ts";
import { View } from "./tree/view.ts";

/** What a connection has to know of the editor it runs in. */
export interface Surroundings {
  /** A kubeconfig file the user chose; undefined for what kubectl would read. */
  kubeconfig(): string | undefined;
  /** Credential plugins are programs that a kubeconfig names: they run only where the user trusts the workspace. */
  trusted(): boolean;
  /** The context chosen the last time; the kubeconfig itself is never changed. */
  remembered(): string | undefined;
  remember(context: string): void;
}

/**
 * The contexts of the kubeconfig and the one cluster that is looked at. Nothing is read, and no code for it is even
 * evaluated, before somebody looks.
 */
export class Connection {
  readonly #surroundings: Surroundings;
  readonly #listeners = new Set<() => void>();
  readonly #refreshed = new Set<() => void>();
  #kubeconfig: Answer<Kubeconfig> | undefined;
  #chosen: string | undefined;
  #view: Answer<View> | undefined;
  #opening: Promise<Answer<Cluster>> | undefined;
  #open: OpenCluster | undefined;
  #demo: Demo | undefined;
  #generation = 0;
  #unfollow: (() => void) | undefined;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  /** For the tree: starts to look if nobody did yet. */
  get contexts(): Contexts {
    void this.cluster();
    const known = this.#kubeconfig;
    const listed: Contexts["known"] = known?.ok ? answered(known.value.contexts) : known;
    return { known: listed, current: this.current, view: this.#view };
  }

  /** Whether anybody looked at a cluster. */
  get asked(): boolean {
    return this.#opening !== undefined;
  }

  /** The name of the context that is looked at, once it is known. */
  get current(): string | undefined {
    return this.#demo?.recording.context ?? this.#chosen;
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
    this.#open?.close();
    this.#view = undefined;
    this.#open = undefined;
    this.#kubeconfig = undefined;
    this.#opening = undefined;
  }

  async #look(): Promise<Answer<Cluster>> {
    const generation = ++this.#generation;
    const found = await this.#find().catch(crashed);
    // Somebody asked again meanwhile, so this answer is nobody's any more.
    if (generation !== this.#generation) {
      if (found.opened.ok && "close" in found.opened.value) found.opened.value.close();
      return this.cluster();
    }
    const { kubeconfig, chosen, opened, follow } = found;
    this.#unfollow = follow?.(() => void this.refresh());
    this.#kubeconfig = kubeconfig;
    this.#chosen = chosen;
    this.#open = opened.ok && "close" in opened.value ? opened.value : undefined;
    const changed = () => this.#changed();
    this.#view = opened.ok ? answered(new View(opened.value, this.#namespace(), changed)) : opened;
    changed();
    return opened;
  }

  async #find(): Promise<Found> {
    const [{ readKubeconfig }, { onKubeconfigChange }] = await Promise.all([
      import("#cluster/kubeconfig.ts"),
      import("#cluster/kubeconfig-watch.ts"),
    ]);
    const path = this.#surroundings.kubeconfig();
    const options = path === undefined ? {} : { path };
    const kubeconfig = await readKubeconfig(options);
    return {
      kubeconfig,
      ...(await this.#openContext(kubeconfig)),
      follow: (listener) => onKubeconfigChange(options, listener),
    };
  }

  async #openContext(kubeconfig: Answer<Kubeconfig>): Promise<Pick<Found, "chosen" | "opened">> {
    const chosen = kubeconfig.ok ? this.#choose(kubeconfig.value) : undefined;
    if (this.#demo !== undefined) return { chosen, opened: answered(recordedCluster(this.#demo.recording)) };
    if (!kubeconfig.ok) return { chosen, opened: kubeconfig };
    if (chosen === undefined) return { chosen, opened: { ok: false, refusal: noContext } };
    const { openCluster } = await import("#cluster/open-cluster.ts");
    const allowExec = this.#surroundings.trusted();
    return { chosen, opened: await openCluster(kubeconfig.value, chosen, { allowExec }) };
  }

  #choose({ contexts, current }: Kubeconfig): string | undefined {
    const remembered = this.#surroundings.remembered();
    return contexts.some(({ name }) => name === remembered) ? remembered : current;
  }

  #namespace(): string {
    const contexts = this.#kubeconfig?.ok ? this.#kubeconfig.value.contexts : [];
    return contexts.find(({ name }) => name === this.current)?.namespace ?? "default";
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}

interface Found {
  readonly kubeconfig: Answer<Kubeconfig>;
  readonly chosen: string | undefined;
  readonly opened: Answer<Cluster | OpenCluster>;
  /** Calls back when the kubeconfig changes; returns what ends it. */
  readonly follow?: (listener: () => void) => () => void;
}

/** A mistake in this program is a row in the tree as well, not a tree that asks for ever. */
function crashed(error: unknown): Found {
  const answer = refused(
    "failed",
    `The cluster could not be opened: ${error instanceof Error ? error.message : error}.`,
  );
  return { kubeconfig: answer, chosen: undefined, opened: answer };
}

const noContext: Refusal = refused(
  "config",
  "The kubeconfig has no current context.",
  "Run the command IPv6: Use Context to choose one.",
).refusal;
