import type { FileMeant, MeantBy } from "#core/editor/messages.ts";
import { configName } from "#core/lint/config-file.ts";
import { Configs, folderOf } from "#core/lint/config-files.ts";
import { kustomizations, Patches } from "#core/lint/kustomize-patches.ts";
import { sameObject } from "#core/lint/previous.ts";
import { defaults, type Meant, type Settings } from "#core/lint/settings.ts";
import type { Resource } from "#core/manifest/resource.ts";
import { isPlaced } from "./names.ts";
import { type ClientSettings, type Live, noSettings } from "./settings.ts";
import type { Store } from "./store.ts";

/** What another extension of the editor says. */
export interface Beside {
  readonly duplicateKeys: boolean;
  readonly values: boolean;
}

/**
 * What files are meant for, and how serious rules are, from those who have a say: `.kube-ipv6.yaml` before the client's
 * settings, these before the connected cluster. Comments in a file come before all of them, which core sees to.
 */
export class Preferences {
  readonly #around: Store;
  readonly configs: Configs;
  readonly #patches: Patches;
  readonly #folders = new Map<string, ClientSettings>();
  #everywhere = noSettings;
  #live: Live = {};
  #beside: Beside = { duplicateKeys: false, values: false };
  readonly #old = new Map<string, readonly Resource[]>();
  readonly #known = new Map<string, Meant>();

  constructor(around: Store) {
    this.#around = around;
    this.configs = new Configs(around.read, around.isTop);
    this.#patches = new Patches(around.read, around.isTop);
  }

  /** What core is told; its answers are looked up anew after every change here. */
  get settings(): Settings {
    return {
      ...defaults,
      of: (name) => this.#of(name),
      scope: (name) => (isPlaced(name) ? this.configs.scopeOf(name) : folderOf(name)),
      patch: (name) => isPlaced(name) && this.#patches.has(name),
      completed: (name) => isPlaced(name) && this.#patches.completes(name),
      old: (name, resource) => sameObject(this.#old.get(name) ?? [], resource),
    };
  }

  client(name: string): ClientSettings {
    const folder = [...this.#folders.keys()].filter((path) => name.startsWith(`${path}/`)).sort(longestFirst)[0];
    return (folder === undefined ? undefined : this.#folders.get(folder)) ?? this.#everywhere;
  }

  /** Whether its findings are told while it is not open. */
  tells(name: string): boolean {
    return isPlaced(name) && !this.excludes(name) && this.client(name).check === "workspace";
  }

  excludes(name: string): boolean {
    return isPlaced(name) && this.configs.excludes(name);
  }

  isPatch(name: string): boolean {
    return this.#patches.has(name);
  }

  /** The client's settings for a workspace folder, or for everything else. */
  set(settings: ClientSettings, folder?: string): void {
    if (folder === undefined) this.#everywhere = settings;
    else this.#folders.set(folder, settings);
    this.#known.clear();
  }

  /** The folders that are open: above them, and above their repositories, nothing is looked for. */
  within(folders: readonly string[]): void {
    this.#around.look(folders);
    this.#forgetFiles();
  }

  /** Files that say how others are judged and could not be read, in sentences that name them. What is wrong in one is shown there. */
  get unread(): readonly string[] {
    return [...this.configs.unread, ...this.#patches.problems];
  }

  meant(name: string): Meant {
    return this.#of(name);
  }

  /** What another extension says already is not said twice. */
  setBeside(beside: Beside): void {
    this.#beside = beside;
    this.#known.clear();
  }

  get beside(): Beside {
    return this.#beside;
  }

  /** Who says what a file is meant for. */
  meantBy(name: string): Pick<FileMeant, "clusterBy" | "kubernetesBy"> & { readonly config?: string } {
    const located = isPlaced(name) ? this.configs.of(name) : undefined;
    const client = this.client(name);
    const by = (field: "cluster" | "kubernetes"): MeantBy => {
      if (located?.config[field] !== undefined) return "folder";
      if (client[field] !== undefined) return "settings";
      return this.#live[field] === undefined ? "nobody" : "cluster";
    };
    const config = located && `${located.folder}/${configName}`;
    return { clusterBy: by("cluster"), kubernetesBy: by("kubernetes"), ...(config ? { config } : {}) };
  }

  setLive(live: Live): void {
    this.#live = live;
    this.#known.clear();
  }

  setOld(name: string, objects: readonly Resource[]): void {
    this.#old.set(name, objects);
  }

  forget(name: string): void {
    this.#old.delete(name);
    this.#known.delete(name);
  }

  /** A file that others are judged by has changed on disk; false if it is none. */
  changed(name: string): boolean {
    const file = name.slice(name.lastIndexOf("/") + 1);
    if (file !== configName && !kustomizations.includes(file)) return false;
    this.#forgetFiles();
    return true;
  }

  #forgetFiles(): void {
    this.configs.forget();
    this.#patches.forget();
    this.#known.clear();
  }

  #of(name: string): Meant {
    let meant = this.#known.get(name);
    if (!meant) {
      const config = isPlaced(name) ? this.configs.of(name)?.config : undefined;
      const client = this.client(name);
      // Whoever names a cluster may mean another one than that which is connected.
      const elsewhere = config?.cluster ?? client.cluster;
      const serviceCIDRs = config?.serviceCIDRs ?? (elsewhere ? undefined : this.#live.serviceCIDRs);
      meant = {
        ...(serviceCIDRs ? { serviceCIDRs } : {}),
        cluster: elsewhere ?? this.#live.cluster ?? defaults.cluster,
        kubernetes: config?.kubernetes ?? client.kubernetes ?? this.#live.kubernetes ?? defaults.kubernetes,
        severities: {
          ...client.rules,
          ...config?.rules,
          ...(this.#beside.duplicateKeys ? { "yaml-duplicate-key": "off" } : {}),
        },
      };
      this.#known.set(name, meant);
    }
    return meant;
  }
}

function longestFirst(a: string, b: string): number {
  return b.length - a.length;
}
