import { folderOf } from "../lint/config-files.ts";
import type { Field } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";
import type { Files } from "./files.ts";
import { fluxGroup, type ValuesRef, valueText } from "./flux-kustomization.ts";
import { withGenerated } from "./generated.ts";
import { ownObjects } from "./own-objects.ts";
import { partAt, partEntries, partText } from "./parts.ts";
import type { Source } from "./source.ts";

/** The data of a ConfigMap or Secret. */
export interface Values {
  readonly source: Source;
  readonly namespace: string | undefined;
  /** undefined where it may be any; of a key for what cannot be read, as it is encrypted or filled in by others. */
  readonly data: ReadonlyMap<string, string | undefined> | undefined;
  /** Files that say what becomes of it. */
  readonly by?: readonly string[];
}

/** What names say of a repository: those of others are not looked through. */
const likely = /flux|gotk|(?:^|\/)ks\.ya?ml$/i;

/** Which files hold Kustomizations of Flux, and which what these name: told by a look at the bytes of all. */
export class FluxFiles {
  /** Those that were not looked at since they changed. */
  readonly #unread = new Set<string>();
  readonly #all = new Set<string>();
  #sorted: readonly string[] | undefined;
  readonly #kustomizations = new Set<string>();
  /** The names of ConfigMaps and Secrets, also of those that are generated, and others that stand beside them. */
  readonly #values = new Map<string, ReadonlySet<string>>();
  readonly #files: Files;
  #isLikely = false;

  constructor(files: Files) {
    this.#files = files;
  }

  /** Some of them may be filled in. */
  get isLikely(): boolean {
    return this.#isLikely;
  }

  know(path: string): void {
    if (!/\.ya?ml$/.test(path) || this.#all.has(path)) return;
    this.#isLikely ||= likely.test(path);
    this.#all.add(path);
    this.#sorted = undefined;
    this.#unread.add(path);
  }

  /** It may say something else; whether what is known of Flux may be another thing by that. */
  forget(path: string): boolean {
    if (!this.#all.has(path)) return false;
    this.#unread.add(path);
    const said = this.#kustomizations.has(path) || this.#values.has(path);
    const text = this.#isLikely && !said ? (this.#files.textOf(path) ?? "") : "";
    return this.#isLikely && (said || text.includes(fluxGroup) || holdsValues.test(text));
  }

  get waits(): boolean {
    return this.#isLikely && this.#unread.size > 0;
  }

  /** Looks at what was not looked at yet, one file a step; whether anything of it is of Flux, or named by it. */
  *looking(): Generator<undefined, boolean> {
    let found = false;
    for (const path of this.waits ? [...this.#unread] : []) {
      this.#look(path);
      found ||= this.#kustomizations.has(path) || this.#values.has(path);
      yield;
    }
    return found;
  }

  #look(path: string): void {
    this.#unread.delete(path);
    this.#kustomizations.delete(path);
    this.#values.delete(path);
    const text = this.#files.textOf(path);
    if (text === undefined) return;
    if (text.includes(fluxGroup)) this.#kustomizations.add(path);
    if (holdsValues.test(text))
      this.#values.set(path, new Set(Array.from(text.matchAll(named), ([, name]) => name ?? "")));
  }

  get kustomizations(): readonly string[] {
    return [...this.#kustomizations].sort();
  }

  /** There are files below a folder. */
  holds(folder: string): boolean {
    return this.#pathsBelow(folder).length > 0;
  }

  /** In their order, in which those of a folder stand together. */
  #pathsBelow(folder: string): readonly string[] {
    this.#sorted ??= [...this.#all].sort();
    const sorted = this.#sorted;
    const before = (text: string) => {
      let [from, to] = [0, sorted.length];
      while (from < to) {
        const middle = (from + to) >> 1;
        if ((sorted[middle] ?? "") < text) from = middle + 1;
        else to = middle;
      }
      return from;
    };
    // "0" comes behind "/".
    return sorted.slice(before(`${folder}/`), before(`${folder}0`));
  }

  /** The manifests below a folder that has no kustomization, as Flux finds them: folders that have one stand for all that is in them. */
  below(folder: string): readonly string[] {
    const named = new Set<string>();
    for (const path of this.#pathsBelow(folder)) {
      const parts = path.slice(folder.length + 1).split("/");
      const own = parts.findIndex(
        (_, index) => index > 0 && this.#files.kustomization(`${folder}/${parts.slice(0, index).join("/")}`),
      );
      if (own > 0) named.add(parts.slice(0, own).join("/"));
      else if (/^kind:/m.test(this.#files.textOf(path) ?? "")) named.add(parts.join("/"));
    }
    return [...named];
  }

  /** All that a reference may mean: by its name, whatever namespace it is put into. */
  values({ kind, name }: ValuesRef): readonly Values[] {
    return [...this.#values].flatMap(([path, names]) => {
      if (!names.has(name)) return [];
      const written = (this.#files.all(path) ?? []).flatMap((document, index) =>
        ownObjects(document, true)
          .filter((one) => one.kind === kind && one.name === name && !one.partial && !one.recovered)
          .map((one) => ({ source: { file: path, document: index }, namespace: one.namespace, data: dataOf(one) })),
      );
      return kind === "ConfigMap" ? [...written, ...this.#generated(path, name)] : written;
    });
  }

  /** By the kustomization in a file; one whose name goes on with a hash is another. */
  #generated(path: string, name: string): readonly Values[] {
    const folder = folderOf(path);
    const kustomization = this.#files.kustomization(folder);
    const { root, from } = kustomization ?? {};
    if (!kustomization || from?.file !== path || !root?.has("configMapGenerator")) return [];
    const isPlain = (options: Field | undefined) => options?.get("disableNameSuffixHash")?.boolean === true;
    const own = (root.get("configMapGenerator")?.items() ?? []).find((one) => one.get("name")?.text === name);
    if (!own || !(isPlain(own.get("options")) || isPlain(root.get("generatorOptions")))) return [];
    const made = withGenerated([], kustomization, (named) => this.#files.text(folder, named));
    const object = made?.find(({ names }) => names.includes(name));
    const data = object && partAt(object.root, ["data"]);
    const texts = data && partEntries(data).map(({ key, value }) => [key, valueText(partText(value))] as const);
    return texts ? [{ source: from, namespace: own.get("namespace")?.text, data: new Map(texts) }] : [];
  }
}

const holdsValues = /^kind: *["']?(?:ConfigMap|Secret)\b|^configMapGenerator:/m;
const named = /\bname: *["']?([\w.-]+)/g;

function dataOf(resource: Resource): ReadonlyMap<string, string | undefined> {
  const isSecret = resource.kind === "Secret";
  // What stands in `data` of a Secret is in base64, and mostly more than a variable.
  const hidden = isSecret ? (resource.get("data")?.entries() ?? []).map(([key]) => [key, undefined] as const) : [];
  const encrypted = resource.root.has("sops");
  const open = resource.get(isSecret ? "stringData" : "data")?.entries() ?? [];
  return new Map([
    ...hidden,
    ...open.map(([key, field]) => [key, encrypted ? undefined : valueText(field.text)] as const),
  ]);
}
