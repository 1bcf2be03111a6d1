import { embed } from "../manifest/embedded.ts";
import type { Field } from "../manifest/field.ts";
import { parseYaml } from "../manifest/parse.ts";
import { Resource } from "../manifest/resource.ts";
import { type BuiltObject, changed, moved, renamed } from "./built-object.ts";
import { isNamespaced } from "./cluster-wide.ts";
import type { Files, WritesInto } from "./files.ts";
import { withGenerated } from "./generated.ts";
import { withImages } from "./images.ts";
import { isTargeted } from "./is-targeted.ts";
import { type Kustomization, type NamedPatch, ownValue } from "./kustomization.ts";
import { labelled } from "./labelled.ts";
import { operated } from "./operations-made.ts";
import { type BuiltPart, partAt, partText, type Steps, setAt, typeOf, written } from "./parts.ts";
import { withReplacements } from "./replaced-values.ts";
import { type Source, sourceKey } from "./source.ts";
import { deletes, hasMergeKeys, merged } from "./strategic-merge.ts";

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
}

/**
 * The build of the kustomization in a folder; `writesInto`: also of documents whose text it is true of, though no rule has anything to say
 * of them as they stand.
 */
export function build(folder: string, files: Files, writesInto: WritesInto | undefined): Build {
  const builder = new Builder(files, writesInto);
  const objects = builder.built(folder, [], []);
  const changed = new Set([...builder.gone, ...objects.filter(({ patched }) => patched)].flatMap(({ of }) => [...of]));
  const { of, others } = builder;
  return { objects, others, of, changed, unknown: [...builder.unknown] };
}

class Builder {
  readonly of = new Set<string>();
  readonly unknown = new Set<string>();
  /** Objects that a patch took away. */
  readonly gone: BuiltObject[] = [];
  readonly others: Source[] = [];
  readonly #files: Files;
  readonly #writesInto: WritesInto | undefined;
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
    for (const why of kustomization.unknown) this.unknown.add(`${folder}: ${why}`);
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

  #give<T>(why: string, rest: T): T {
    this.unknown.add(why);
    return rest;
  }

  #resource(folder: string, named: string | undefined, above: readonly string[]): readonly BuiltObject[] {
    if (named === undefined) return this.#give(`${folder}: a resource is written by a template`, []);
    const inner = this.#files.folder(folder, named);
    if (inner !== undefined) {
      // One base in two variants: which of them is meant where cannot be told by its files.
      if (this.#known.has(inner)) return this.#give(`${inner} is built twice`, []);
      this.#known.add(inner);
      return this.built(inner, [], above);
    }
    const file = this.#files.objects(folder, named, this.#writesInto);
    if (!file) return this.#give(`${named} is not here`, []);
    if (file.others.length > 0) this.unknown.add(`${named} is no plain manifest`);
    this.others.push(...file.others);
    for (const key of file.of) this.of.add(key);
    return file.objects;
  }

  #transformed(folder: string, before: readonly BuiltObject[], kustomization: Kustomization): readonly BuiltObject[] {
    let objects = before;
    for (const patch of kustomization.patches) objects = this.#patched(folder, objects, patch, kustomization);
    const namespace = ownValue(kustomization, "namespace");
    const { from } = kustomization;
    if (namespace) objects = objects.map((object) => (isNamespaced(object) ? moved(object, namespace, from) : object));
    const [prefix, suffix] = ["namePrefix", "nameSuffix"].map((key) => partText(ownValue(kustomization, key)) ?? "");
    if (prefix || suffix)
      objects = objects.map((object) => renamed(object, `${prefix}${object.names.at(-1)}${suffix}`));
    objects = objects.map((object) => labelled(object, kustomization));
    for (const patch of kustomization.lastPatches) objects = this.#patched(folder, objects, patch, kustomization);
    objects = objects.map((object) => withImages(object, kustomization));
    return withReplacements(objects, kustomization) ?? this.#give(`${folder}: a replacement is not followed`, objects);
  }

  #patched(
    folder: string,
    objects: readonly BuiltObject[],
    { path, inline, target, renames = false }: NamedPatch,
    { from }: Kustomization,
  ): readonly BuiltObject[] {
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

/** A patch without a target is for the object that it names. */
function meantBy(patch: BuiltPart): (object: BuiltObject) => boolean {
  const said = (...steps: string[]) => partText(partAt(patch, steps));
  const apiVersion = said("apiVersion") ?? "";
  const group = apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
  const [kind, name, namespace] = [said("kind"), said("metadata", "name") ?? "", said("metadata", "namespace")];
  return (object) =>
    kind === object.kind &&
    group === object.group &&
    object.names.includes(name) &&
    (namespace === undefined || object.namespaces.length === 0 || object.namespaces.includes(namespace));
}

/** The text of a patch, as an object or a list of operations. */
export function inlineParts(field: Field, from: Source): readonly BuiltPart[] | undefined {
  if (typeOf(written(field, from)) !== "scalar") return [written(field, from)];
  const embedded = embed(field, "Yaml");
  if (!embedded) return undefined;
  const { roots, problems, recovered } = parseYaml(embedded.text);
  if (problems.length > 0 || recovered || roots.length !== 1) return undefined;
  const origin = { steps: [], partial: true, source: embedded.text, embedded };
  return roots.map((root) => written(new Resource(root, origin).root, from));
}
