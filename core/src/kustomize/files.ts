import { folderOf, type IsTop, type ReadFile } from "../lint/config-files.ts";
import { kustomizations, resolved } from "../lint/kustomize-patches.ts";
import { glanced, saysNothing } from "../lint/prefilter.ts";
import type { Interest } from "../lint/relevance.ts";
import { type Document, parseDocument } from "../manifest/document.ts";
import type { ManifestFile } from "../manifest/file.ts";
import type { Resource } from "../manifest/resource.ts";
import { type BuiltObject, writtenObject } from "./built-object.ts";
import { type Kustomization, readKustomization } from "./kustomization.ts";
import { type BuiltPart, written } from "./parts.ts";
import { type Source, sourceKey } from "./source.ts";

/** Tells of a text whether a kustomization may write into what stands in it. */
export type WritesInto = (text: string) => boolean;

/** The objects of a file. */
export interface FileObjects {
  readonly objects: readonly BuiltObject[];
  /** Documents that are no plain manifests, and go into no build as far as can be told. */
  readonly others: readonly Source[];
  /** Its documents, by their keys. */
  readonly of: readonly string[];
}

/** UTF-16 units of files that are kept. */
const mostKept = 8_000_000;

/** The files that kustomizations name: of the workspace where it has them, as they are edited, and else as they are read. */
export class Files {
  /** What was read last of each, in short, so that one that is opened as it was is known. */
  readonly #seen = new Map<string, string>();
  readonly #interest: Interest;
  readonly #open: (path: string) => ManifestFile | undefined;
  readonly #read: ReadFile;
  readonly #isTop: IsTop;
  readonly #kept = new Map<string, readonly Document[] | undefined>();
  readonly #kustomizations = new Map<string, Kustomization | undefined>();
  #size = 0;

  constructor(interest: Interest, open: (path: string) => ManifestFile | undefined, read: ReadFile, isTop: IsTop) {
    this.#interest = interest;
    this.#open = open;
    this.#read = read;
    this.#isTop = isTop;
  }

  /** A file is read anew. */
  forget(path: string): void {
    this.#kept.delete(path);
    this.#seen.delete(path);
    this.#kustomizations.delete(folderOf(path));
  }

  /** Everything is read anew. */
  clear(): void {
    for (const known of [this.#kept, this.#seen, this.#kustomizations]) known.clear();
  }

  /** It is open, and says what it said when it was read last. */
  isSame(path: string): boolean {
    const [open, before] = [this.#open(path), this.#seen.get(path)];
    return open !== undefined && before !== undefined && digest(open.text) === before;
  }

  all(file: string): readonly Document[] | undefined {
    return this.#documents(file);
  }

  document({ file, document }: Source): Document | undefined {
    return this.#documents(file)?.[document];
  }

  kustomization(folder: string): Kustomization | undefined {
    if (!this.#kustomizations.has(folder)) this.#kustomizations.set(folder, this.#kustomizationIn(folder));
    return this.#kustomizations.get(folder);
  }

  /** What is named from a folder, if that is a folder with a kustomization; what lies outside of the repository is somebody else's. */
  folder(from: string, named: string): string | undefined {
    const path = /\.(?:ya?ml|json)$/.test(named) ? undefined : this.#within(from, named);
    return path !== undefined && this.kustomization(path) ? path : undefined;
  }

  /** Where a file is that is named from a folder; undefined outside of the repository, and for what is no path. */
  path(from: string, named: string): string | undefined {
    return this.#within(from, named);
  }

  text(from: string, named: string): string | undefined {
    const path = this.#within(from, named);
    if (path === undefined) return undefined;
    const read = this.#open(path) ?? this.#read(path);
    if (!read || !("text" in read)) return undefined;
    this.#seen.set(path, digest(read.text));
    return read.text;
  }

  /** `writesInto`: those too whose text it is true of, though no rule has anything to say of them as they stand, since a patch may change that. */
  objects(from: string, named: string, writesInto: WritesInto | undefined): FileObjects | undefined {
    const file = this.#within(from, named);
    const documents = file === undefined ? undefined : this.#documents(file);
    if (file === undefined || !documents) return undefined;
    const objects: BuiltObject[] = [];
    const others: Source[] = [];
    for (const [document, one] of documents.entries()) {
      const home = { file, document };
      const resources = ownObjects(one, writesInto?.(one.text) === true);
      if (resources.some(({ partial, recovered, kind }) => partial || recovered || kind === "")) {
        others.push(home);
        continue;
      }
      objects.push(...resources.map((resource, index) => writtenObject(resource, home, index)));
    }
    const of = documents.map((_, document) => sourceKey({ file, document }));
    return { objects, others, of };
  }

  /** The documents of a patch, each an object or a list of operations. */
  patch(from: string, named: string | undefined): readonly BuiltPart[] | undefined {
    const file = named === undefined ? undefined : this.#within(from, named);
    const documents = file === undefined ? undefined : this.#documents(file);
    if (file === undefined || !documents) return undefined;
    const parts = documents.flatMap((one, document) =>
      ownObjects(one, true).map(({ root, recovered }) => (recovered ? undefined : written(root, { file, document }))),
    );
    return parts.includes(undefined) ? undefined : (parts as readonly BuiltPart[]);
  }

  #kustomizationIn(folder: string): Kustomization | undefined {
    for (const name of kustomizations) {
      const file = `${folder}/${name}`;
      const documents = this.#documents(file);
      const index = documents?.findIndex((one) => ownObjects(one, true).length > 0) ?? -1;
      const [resource] = documents?.[index] ? ownObjects(documents[index], true) : [];
      if (resource?.root.type === "map" && !resource.group.endsWith("fluxcd.io"))
        return readKustomization(resource, { file, document: index });
    }
    return undefined;
  }

  #documents(path: string): readonly Document[] | undefined {
    const open = this.#open(path);
    if (open) {
      if (!this.#seen.has(path)) this.#seen.set(path, digest(open.text));
      return open.program === undefined ? open.documents : undefined;
    }
    if (!this.#kept.has(path)) {
      const read = this.#read(path);
      const text = read && "text" in read ? read.text : undefined;
      this.#size += text?.length ?? 0;
      if (this.#size > mostKept) {
        this.#kept.clear();
        this.#size = text?.length ?? 0;
      }
      this.#kept.set(path, text === undefined ? undefined : glanced(text, this.#interest));
      if (text !== undefined) this.#seen.set(path, digest(text));
    }
    return this.#kept.get(path);
  }

  #within(from: string, named: string): string | undefined {
    if (/^[a-z][\w+.-]*:|^\/|[?*$]|^git@/i.test(named)) return undefined;
    let top = from;
    while (!this.#isTop(top) && folderOf(top) !== top) top = folderOf(top);
    const path = resolved(from, named);
    return path === top || path.startsWith(`${top}/`) ? path : undefined;
  }
}

/** The objects that stand in a document themselves, not what is wrapped up in them. */
export function ownObjects(document: Document, every: boolean): readonly Resource[] {
  const left = leftOut.get(document) ?? (saysNothing(document) && isPlain(document.text));
  leftOut.set(document, left);
  if (left && (!every || schema.test(document.text))) return [];
  const known = own(document);
  if (known.length > 0 || !every || schema.test(document.text)) return known;
  let parsed = unread.get(document);
  if (!parsed) {
    parsed = document.text.trim() === "" ? [] : own(parseDocument(document.text));
    unread.set(document, parsed);
  }
  return parsed;
}

function own({ resources }: Pick<Document, "resources">): readonly Resource[] {
  return resources.filter((one) => !one.embedded && !one.isPart && !one.isComposed && one.holder === one);
}

/** Whether nothing is to be said of a document as it stands, nor of what is made of it. */
const leftOut = new WeakMap<Document, boolean>();

/** What stands in documents that a workspace leaves unread. */
const unread = new WeakMap<Document, readonly Resource[]>();

/** An object as it is, not a template of one, as far as can be told without parsing it. */
function isPlain(text: string): boolean {
  return /^kind:/m.test(text) && !text.includes("{{") && !text.includes("$patch:");
}

/** {@link http://www.isthe.com/chongo/tech/comp/fnv/}, and how long it is. */
function digest(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return `${hash} ${text.length}`;
}

/** Nothing in them is an address, and most of what is written in YAML is one of them. */
const schema = /^kind: *CustomResourceDefinition\b/m;
