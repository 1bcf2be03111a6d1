import { type BuiltObject, changed, moved, renamed } from "./built-object.ts";
import { isNamespaced } from "./cluster-wide.ts";
import { upTo, type ValueOf } from "./envsubst.ts";
import type { Files, WritesInto } from "./files.ts";
import { filledIn } from "./filled-in.ts";
import type { FluxKustomization } from "./flux-kustomization.ts";
import { withGenerated } from "./generated.ts";
import { withImages } from "./images.ts";
import { isTargeted } from "./is-targeted.ts";
import { type Kustomization, type NamedPatch, ownValue } from "./kustomization.ts";
import { labelled } from "./labelled.ts";
import { operated } from "./operations-made.ts";
import { type BuiltPart, partAt, partText, type Steps, setAt, typeOf } from "./parts.ts";
import { inlineParts, meantBy } from "./patch-parts.ts";
import { withReplacements } from "./replaced-values.ts";
import { type Source, sourceKey } from "./source.ts";
import { deletes, hasMergeKeys, merged } from "./strategic-merge.ts";

/** UTF-16 units of what is built at once; definitions are not counted. */
const mostBuilt = 8_000_000;

/** UTF-16 units of values in the places of variables: a large one may stand in thousands of them. */
const mostFilled = 1_000_000;

/** What a kustomization builds, as far as a reader of its files can tell. */
export interface Build {
  readonly objects: readonly BuiltObject[];
  /** Documents that stand beside them, as they are written. */
  readonly others: readonly Source[];
  /** The documents that took part, by their keys: what was built of them is among the objects, or was taken away. */
  readonly of: ReadonlySet<string>;
  /** Those that are not in it as they were written, or that made others so; to be in a namespace alone is no such thing. */
  readonly changed: ReadonlySet<string>;
  /** Why there may be more or other objects; none if this is all. */
  readonly unknown: readonly string[];
  /** There may be more objects, but none of these is another one. */
  readonly clear: boolean;
}

/** What a Kustomization of Flux makes of what is built. */
export interface AppliedByFlux {
  readonly flux: FluxKustomization;
  /** What its variables are, if it has any. */
  readonly values: ValueOf | undefined;
}

/**
 * The build of the kustomization in a folder; `writesInto`: also of documents whose text it is true of, though no rule has anything to say
 * of them as they stand. `applied`: by Flux.
 */
export function build(
  folder: string,
  files: Files,
  writesInto: WritesInto | undefined,
  applied?: AppliedByFlux,
): Build {
  const builder = new Builder(files, writesInto);
  const built = builder.built(folder, [], []);
  const objects = applied ? builder.applied(folder, built, applied) : built;
  const changed = new Set([...builder.gone, ...objects.filter(({ patched }) => patched)].flatMap(({ of }) => [...of]));
  const { of, others } = builder;
  const { unknown, clear } = builder;
  return { objects, others, of, changed, unknown: [...unknown], clear };
}

class Builder {
  readonly of = new Set<string>();
  readonly unknown = new Set<string>();
  clear = true;
  /** Objects that a patch took away. */
  readonly gone: BuiltObject[] = [];
  readonly others: Source[] = [];
  readonly #files: Files;
  readonly #writesInto: WritesInto | undefined;
  /** Of the files that were read. */
  #size = 0;
  /** Folders whose objects are there already. */
  readonly #known = new Set<string>();

  constructor(files: Files, writesInto: WritesInto | undefined) {
    this.#files = files;
    this.#writesInto = writesInto;
  }

  /** The objects of a folder; of a component, what it makes of those that are there. */
  built(folder: string, before: readonly BuiltObject[], above: readonly string[]): readonly BuiltObject[] {
    const kustomization = this.#files.kustomization(folder);
    if (!kustomization || above.includes(folder)) return this.#give(`${folder} cannot be read`, before);
    for (const why of kustomization.unknown) this.#give(`${folder}: ${why}`, undefined);
    this.of.add(sourceKey(kustomization.from));
    const chain = [...above, folder];
    let objects = [...before, ...kustomization.resources.flatMap((field) => this.#resource(folder, field.text, chain))];
    const generated = withGenerated(objects, kustomization, (path) => this.#files.text(folder, path));
    objects = [...(generated ?? this.#give(`${folder}: what it generates is not known`, objects))];
    for (const field of kustomization.components) {
      const inner = this.#files.folder(folder, field.text ?? "");
      objects = [
        ...(inner === undefined ? this.#give(`${field.text} is not here`, objects) : this.built(inner, objects, chain)),
      ];
    }
    return this.#transformed(folder, objects, kustomization);
  }

  /** {@link https://github.com/fluxcd/pkg/blob/main/kustomize/kustomize_generator.go} */
  applied(folder: string, built: readonly BuiltObject[], { flux, values }: AppliedByFlux): readonly BuiltObject[] {
    const { from, patches, components, targetNamespace } = flux;
    for (const why of flux.unknown) this.#give(why, undefined);
    let objects = built;
    for (const named of components) {
      const inner = this.#files.folder(folder, named);
      objects =
        inner === undefined ? this.#give(`${named} is not here`, objects) : this.built(inner, objects, [folder]);
    }
    for (const patch of patches) objects = this.#patched(folder, objects, patch, from);
    if (targetNamespace)
      objects = objects.map((object) => (isNamespaced(object) ? moved(object, targetNamespace, from) : object));
    const lookUp = values && upTo(mostFilled, values);
    return lookUp ? objects.map((object) => filledIn(object, lookUp)) : objects;
  }

  #give<T>(why: string, rest: T): T {
    this.clear = false;
    return this.#more(why, rest);
  }

  /** Objects that are not here change none that are. */
  #more<T>(why: string, rest: T): T {
    this.unknown.add(why);
    return rest;
  }

  #resource(folder: string, named: string | undefined, above: readonly string[]): readonly BuiltObject[] {
    if (named === undefined) return this.#more(`${folder}: a resource is written by a template`, []);
    const inner = this.#files.folder(folder, named);
    if (inner !== undefined) {
      // One base in two variants: which of them is meant where cannot be told by its files.
      if (this.#known.has(inner)) return this.#more(`${inner} is built twice`, []);
      this.#known.add(inner);
      return this.built(inner, [], above);
    }
    const size = this.#files.size(folder, named);
    if (this.#size + size > mostBuilt) return this.#more(`${named} is too much to build beside the others`, []);
    this.#size += size;
    const file = this.#files.objects(folder, named, this.#writesInto);
    if (!file) return this.#more(`${named} is not here`, []);
    if (file.others.length > 0) this.#more(`${named} is no plain manifest`, undefined);
    this.others.push(...file.others);
    for (const key of file.of) this.of.add(key);
    return file.objects;
  }

  #transformed(folder: string, before: readonly BuiltObject[], kustomization: Kustomization): readonly BuiltObject[] {
    let objects = before;
    for (const patch of kustomization.patches) objects = this.#patched(folder, objects, patch, kustomization.from);
    const namespace = ownValue(kustomization, "namespace");
    const { from } = kustomization;
    if (namespace) objects = objects.map((object) => (isNamespaced(object) ? moved(object, namespace, from) : object));
    const [prefix, suffix] = ["namePrefix", "nameSuffix"].map((key) => partText(ownValue(kustomization, key)) ?? "");
    if (prefix || suffix)
      objects = objects.map((object) => renamed(object, `${prefix}${object.names.at(-1)}${suffix}`));
    objects = objects.map((object) => labelled(object, kustomization));
    for (const patch of kustomization.lastPatches) objects = this.#patched(folder, objects, patch, kustomization.from);
    objects = objects.map((object) => withImages(object, kustomization));
    return withReplacements(objects, kustomization) ?? this.#give(`${folder}: a replacement is not followed`, objects);
  }

  #patched(
    folder: string,
    objects: readonly BuiltObject[],
    { path, inline, target, renames = false, from: own }: NamedPatch,
    above: Source,
  ): readonly BuiltObject[] {
    const from = own ?? above;
    const parts = inline ? inlineParts(inline, from) : this.#files.patch(folder, path?.text);
    if (!parts) return this.#give(`${folder}: a patch cannot be read`, objects);
    let result = objects;
    for (const part of parts) {
      const by = part.kind === "written" ? part.from : from;
      this.of.add(sourceKey(by));
      // Schemas are not read, and nothing in them is an address.
      if (!target && partText(partAt(part, ["kind"])) === "CustomResourceDefinition") continue;
      let unsure = false;
      const isMeant = meantBy(part);
      const wanted = result.map((object) => {
        const meant = target ? isTargeted(target, object) : isMeant(object);
        unsure ||= meant === undefined;
        return meant === true;
      });
      // Kustomize refuses a patch without a target that it finds nothing for; what it would be for is then not known here.
      if (unsure || (!target && !wanted.includes(true)))
        return this.#give(`${folder}: what a patch is for is not known`, objects);
      result = result.flatMap((object, index) =>
        wanted[index] ? this.#one(folder, object, part, by, renames) : object,
      );
    }
    return result;
  }

  #one(folder: string, object: BuiltObject, patch: BuiltPart, by: Source, renames: boolean): readonly BuiltObject[] {
    if (typeOf(patch) === "map") {
      if (deletes(patch)) {
        this.gone.push(changed(object, patch, by));
        return [];
      }
      const root = merged(object.root, patch, hasMergeKeys(object.group));
      const name = renames ? partText(partAt(root, ["metadata", "name"])) : undefined;
      const made = name === undefined ? object : renamed(object, name);
      return [{ ...changed(made, named(root, object, name), by), ...knownBy(patch, ["metadata", "name"], object) }];
    }
    const root = operated(object.root, patch);
    return root
      ? [{ ...changed(object, root, by), ...knownBy(patch, [0, "path"], object) }]
      : this.#give(`${folder}: a patch does not fit`, [object]);
  }
}

function knownBy(patch: BuiltPart, steps: Steps, { patch: before }: BuiltObject): Pick<BuiltObject, "patch"> {
  const part = partAt(patch, steps);
  return part?.kind === "written" ? { patch: part } : before ? { patch: before } : {};
}

/** A patch says which object it is for, not what that is, unless it may give it a name. */
function named(root: BuiltPart, { root: before }: BuiltObject, name: string | undefined): BuiltPart {
  return [["apiVersion"], ["kind"], ...(name === undefined ? [["metadata", "name"]] : [])].reduce<BuiltPart>(
    (part, steps) => {
      const own = partAt(before, steps);
      return own ? setAt(part, steps, own) : part;
    },
    root,
  );
}
