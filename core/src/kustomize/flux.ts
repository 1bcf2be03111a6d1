import { folderOf } from "../lint/config-files.ts";
import { resolved } from "../lint/kustomize-patches.ts";
import { holdsWord } from "../lint/left-out.ts";
import type { Document } from "../manifest/document.ts";
import { type AppliedByFlux, build } from "./build.ts";
import { type BuiltObject, writtenObject } from "./built-object.ts";
import type { Files } from "./files.ts";
import type { FluxFiles } from "./flux-files.ts";
import { type FluxKustomization, fluxGroup, readFluxKustomization } from "./flux-kustomization.ts";
import { variablesOf } from "./flux-variables.ts";
import { ownObjects } from "./own-objects.ts";
import { sourceKey } from "./source.ts";
import { type AsBuilt, asBuiltBy, fluxMaker, makerOf } from "./values-as-built.ts";

/** A Kustomization of Flux with the folder that it builds. */
export interface AppliedFolder extends AppliedByFlux {
  /** What no other has, and all of it that matters. */
  readonly key: string;
  readonly folder: string;
  /** Where those stand that build it. */
  readonly above: readonly string[];
  /** Files that say what its variables are, and those above it. */
  readonly rests: ReadonlySet<string>;
}

/** Those that build others, one below the other: more are in no repository. */
const deepest = 6;

/**
 * What Flux applies of a repository: its Kustomizations, each as those above it make it, since they patch and fill in what they build.
 * `folders`: those that have a kustomization; `filesOf`: what goes into the build of one.
 */
export function appliedFolders(
  files: Files,
  flux: FluxFiles,
  folders: readonly string[],
  filesOf: (folder: string) => ReadonlySet<string>,
): readonly AppliedFolder[] {
  const holding = flux.kustomizations;
  const innerOf = ({ folder, flux: { from } }: AppliedFolder) => {
    const own = filesOf(folder);
    return holding.filter((file) => file !== from.file && own.has(file));
  };
  const made = new Map<string, AppliedFolder>();
  const written = holding.flatMap((file) => objectsIn(file, files));
  const own = ownSources(written, files, flux);
  const makers = () => [
    ...folders.flatMap((folder) => makerOf(folder, files)),
    ...written.flatMap((object) => {
      const one = readFluxKustomization(object);
      const folder = one && builtBy(one, files, flux, own);
      return one && folder !== undefined ? [fluxMaker(folder, one)] : [];
    }),
  ];
  const known = { files, flux, own, asBuilt: asBuiltBy(makers, filesOf) };
  const all = written.flatMap((one) => appliedOf(one, known) ?? []);
  const below = new Set(all.flatMap(innerOf));
  const tops = all.filter(({ flux: { from } }) => !below.has(from.file));
  const make = (one: AppliedFolder): void => {
    if (made.has(one.key)) return;
    made.set(one.key, one);
    const inner = innerOf(one).filter((file) => !one.above.includes(file));
    if (inner.length === 0 || one.above.length >= deepest) return;
    for (const object of build(one.folder, files, holdsFlux, one).objects)
      if (object.home && inner.includes(object.home.file)) {
        const next = appliedOf(object, known, one);
        if (next) make(next);
      }
  };
  for (const one of tops.length > 0 ? tops : all) make(one);
  return [...made.values()];
}

const holdsFlux = (document: Document) => holdsWord(document, fluxGroup);

function objectsIn(file: string, files: Files): readonly BuiltObject[] {
  return (files.all(file) ?? []).flatMap((one, document) =>
    ownObjects(one, true).flatMap((resource, index) =>
      resource.partial || resource.recovered ? [] : writtenObject(resource, { file, document }, index),
    ),
  );
}

/**
 * The names that this repository has for Flux, each with the folder that its paths are of: most of what is built of them is here. Another
 * repository may have a folder that is called as one of this, but hardly most, nor one in another.
 */
function ownSources(written: readonly BuiltObject[], files: Files, known: FluxFiles): OwnSources {
  const own = new Map<string, string>();
  const all = written.flatMap((object) => readFluxKustomization(object) ?? []);
  for (const [source, named] of Map.groupBy(all, (one) => one.source)) {
    const deep = named.filter(({ path }) => /\w\/+\w/.test(path));
    const here = (below: string) =>
      deep.filter(({ path, from }) => known.holds(resolved(`${files.top(from.file)}${below}`, path))).length;
    if (deep.length > 0 && here("") * 2 >= deep.length) own.set(source, "");
    else {
      const below = foldersAbove(deep[0]?.from.file ?? "", files).find((folder) => here(folder) === deep.length);
      if (below !== undefined && new Set(deep.map(({ path }) => path)).size > 1) own.set(source, below);
    }
  }
  return own;
}

/** By the names of sources: "" for the repository, `/kubernetes` for a folder of it, which is all that an OCI artifact may hold. */
type OwnSources = ReadonlyMap<string, string>;

/** Those between a file and the top of its repository, from there on. */
function foldersAbove(file: string, files: Files): readonly string[] {
  const parts = folderOf(file).slice(files.top(file).length).split("/").slice(1);
  return parts.map((_, index) => `/${parts.slice(0, index + 1).join("/")}`);
}

/** What is known of a repository. */
interface Known {
  readonly files: Files;
  readonly flux: FluxFiles;
  /** Names that it has for Flux. */
  readonly own: OwnSources;
  readonly asBuilt: AsBuilt;
}

function appliedOf(object: BuiltObject, known: Known, by?: AppliedFolder): AppliedFolder | undefined {
  const flux = readFluxKustomization(object);
  const folder = flux && builtBy(flux, known.files, known.flux, known.own);
  if (!flux || folder === undefined) return undefined;
  const { values, files } = variablesOf(flux, known.flux, known.asBuilt, known.files.top(flux.from.file));
  const above = by ? [...by.above, by.flux.from.file] : [];
  const rests = new Set([...(by?.rests ?? []), ...above, ...files]);
  return { key: keyOf(folder, flux), folder, flux, values, above, rests };
}

/** The folder that one builds, with the kustomization that Flux makes of it where it has none; undefined where nothing of it is here. */
function builtBy(flux: FluxKustomization, files: Files, known: FluxFiles, own: OwnSources): string | undefined {
  const below = own.get(flux.source);
  if (below === undefined) return undefined;
  const folder = resolved(`${files.top(flux.from.file)}${below}`, flux.path);
  if (!files.kustomization(folder)) files.generate(folder, known.below(folder), flux.from);
  return files.kustomization(folder) ? folder : undefined;
}

/** One that says the same as another is no other. */
function keyOf(folder: string, flux: FluxKustomization): string {
  const { from, name, substitute, substituteFrom, patches, components, targetNamespace } = flux;
  const of = patches.map(({ inline, from: there }) => [inline?.start, there]);
  const namespace = targetNamespace?.kind === "written" ? targetNamespace.field.text : "";
  return JSON.stringify([sourceKey(from), name, folder, [...substitute], substituteFrom, of, components, namespace]);
}
