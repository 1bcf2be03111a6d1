import { folderOf, type IsTop, type ReadFile } from "../lint/config-files.ts";
import { kustomizations, resolved } from "../lint/kustomize-patches.ts";
import { LeftOut, lengthOf, nothing } from "../lint/left-out.ts";
import { glanced } from "../lint/prefilter.ts";
import type { Interest } from "../lint/relevance.ts";
import { type Document, parseDocument } from "../manifest/document.ts";
import type { ManifestFile } from "../manifest/file.ts";
import { LaterDocument } from "../manifest/later-document.ts";
import type { Resource } from "../manifest/resource.ts";
import { type BuiltObject, writtenObject } from "./built-object.ts";
import { KeptFiles } from "./kept-files.ts";
import { type Kustomization, readKustomization } from "./kustomization.ts";
import { ownObjects } from "./own-objects.ts";
import { type BuiltPart, written } from "./parts.ts";
import { type Source, sourceKey } from "./source.ts";

/** Tells of a document whether a kustomization may write into what stands in it. */
export type WritesInto = (document: Document) => boolean;

/** The documents of a file that nobody writes into, those of no interest left out; undefined if it cannot be read. */
export type LookAt = (path: string) => readonly Document[] | undefined;

/** The objects of a file. */
export interface FileObjects {
  readonly objects: readonly BuiltObject[];
  /** Documents that are no plain manifests, and go into no build as far as can be told. */
  readonly others: readonly Source[];
  /** Its documents, by their keys. */
  readonly of: readonly string[];
}

/** The files that kustomizations name: of the workspace where it has them, as they are edited, and else as they are read. */
export class Files {
  readonly #interest: Interest;
  readonly #open: (path: string) => ManifestFile | undefined;
  readonly #read: ReadFile;
  readonly #isTop: IsTop;
  readonly #look: LookAt | undefined;
  readonly #kept: KeptFiles;
  readonly #kustomizations = new Map<string, Kustomization | undefined>();
  /** By folders. */
  readonly #tops = new Map<string, string>();

  constructor(
    interest: Interest,
    open: (path: string) => ManifestFile | undefined,
    read: ReadFile,
    isTop: IsTop,
    look?: LookAt,
  ) {
    this.#look = look;
    this.#interest = interest;
    this.#kept = new KeptFiles(interest);
    this.#open = open;
    this.#read = read;
    this.#isTop = isTop;
  }

  /** A file is read anew. */
  forget(path: string): void {
    this.#kept.forget(path);
    this.#tops.clear();
    this.#kustomizations.delete(folderOf(path));
  }

  /** Everything is read anew. */
  clear(): void {
    this.#kept.clear();
    this.#tops.clear();
    this.#kustomizations.clear();
  }

  /** It is open, and says what it said when it was read last. */
  isSame(path: string): boolean {
    const open = this.#open(path);
    return open !== undefined && this.#kept.isSame(path, open);
  }

  all(file: string): readonly Document[] | undefined {
    return this.#documents(file);
  }

  document({ file, document }: Source): Document | undefined {
    return this.#documents(file)?.[document];
  }

  /** A kustomization that nobody wrote, of a folder that has none, as Flux makes one. */
  generate(folder: string, named: readonly string[], from: Source): void {
    const [resource] = parseDocument("kind: Kustomization\n").resources;
    if (!resource || this.kustomization(folder)) return;
    const resources = named.map((text) => ({ text }));
    this.#kustomizations.set(folder, { ...readKustomization(resource, from), resources });
  }

  /** A rule may have something to say of a text, as far as its words tell. */
  concerns(text: string): boolean {
    return this.#interest.glance(text).ofInterest;
  }

  /** The folder above which nothing is looked for. */
  top(path: string): string {
    let top = folderOf(path);
    while (!this.#isTop(top) && folderOf(top) !== top) top = folderOf(top);
    return top;
  }

  textOf(path: string): string | undefined {
    const read = this.#open(path) ?? this.#read(path);
    return read && "text" in read ? this.#kept.takes(path, read.text) : undefined;
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
    return path === undefined ? undefined : this.textOf(path);
  }

  /** UTF-16 units of the file that is named from a folder, as it is kept; 0 if there is none. */
  size(from: string, named: string): number {
    const file = this.#within(from, named);
    const documents = file === undefined ? undefined : this.#documents(file);
    return documents?.reduce((sum, one) => sum + lengthOf(one), 0) ?? 0;
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
      const resources = ownObjects(one, writesInto?.(one) === true).filter(isWritten);
      if (resources.some(({ partial, recovered, kind }) => partial || recovered || kind === "")) {
        others.push(home);
        continue;
      }
      objects.push(...resources.map((resource, index) => writtenObject(resource, home, index)));
    }
    const of = documents.map((_, document) => sourceKey({ file, document }));
    return { objects, others, of };
  }

  /** The document of what was printed; undefined if nothing can be said of it. */
  printed(text: string): Document | undefined {
    return this.#kept.printed(text);
  }

  /** The documents of a file as they were read, if they are there as a whole. */
  read(path: string): readonly Document[] | undefined {
    return this.#kept.whole(path);
  }

  leftOut(path: string, documents: readonly Document[]): void {
    this.#kept.leftOut(path, documents);
  }

  /** The documents of a patch, each an object or a list of operations. */
  patch(from: string, named: string | undefined): readonly BuiltPart[] | undefined {
    const file = named === undefined ? undefined : this.#within(from, named);
    const documents = file === undefined ? undefined : this.#documents(file, true);
    if (file === undefined || !documents) return undefined;
    const parts = documents.flatMap((one, document) =>
      ownObjects(one, true).map(({ root, recovered }) => (recovered ? undefined : written(root, { file, document }))),
    );
    return parts.includes(undefined) ? undefined : (parts as readonly BuiltPart[]);
  }

  #kustomizationIn(folder: string): Kustomization | undefined {
    for (const name of kustomizations) {
      const file = `${folder}/${name}`;
      const documents = this.#documents(file, true);
      const index = documents?.findIndex((one) => ownObjects(one, true).length > 0) ?? -1;
      const [resource] = documents?.[index] ? ownObjects(documents[index], true) : [];
      if (resource?.root.type === "map" && !resource.group.endsWith("fluxcd.io"))
        return readKustomization(resource, { file, document: index });
    }
    return undefined;
  }

  /** `every`: what stands in those is wanted of which no rule has anything to say. */
  #documents(path: string, every = false): readonly Document[] | undefined {
    const open = this.#open(path);
    if (open) return open.program === undefined ? open.documents : undefined;
    return this.#kept.documents(path, () => {
      if (this.#look && !every) return this.#look(path)?.map(later);
      const read = this.#read(path);
      return read && "text" in read ? glanced(read.text, this.#interest) : undefined;
    });
  }

  #within(from: string, named: string): string | undefined {
    if (/^[a-z][\w+.-]*:|^\/|[?*$]|^git@/i.test(named)) return undefined;
    const top = this.#tops.get(from) ?? this.top(`${from}/`);
    this.#tops.set(from, top);
    const path = resolved(from, named);
    return path === top || path.startsWith(`${top}/`) ? path : undefined;
  }
}

/** What nobody was to look at is parsed for whoever builds with it. */
function later(document: Document): Document {
  if (document instanceof LaterDocument || document instanceof LeftOut) return document;
  return new LaterDocument(document.text, false, { glance: nothing });
}

/** Not only comments behind the last marker. */
function isWritten({ root }: Resource): boolean {
  return root.type !== "null";
}
