import type { Resource } from "../manifest/resource.ts";
import { type BuiltPart, partAt, partText, setAt, type WrittenPart, written } from "./parts.ts";
import { type Source, sourceKey } from "./source.ts";

/** An object on its way through a build. */
export interface BuiltObject {
  readonly root: BuiltPart;
  readonly kind: string;
  readonly group: string;
  readonly version: string;
  /** The names it has had, the one it was written with first: patches know it by each. */
  readonly names: readonly string[];
  readonly namespaces: readonly string[];
  /** Where it stands; undefined for what is generated. */
  readonly home: Source | undefined;
  /** Its number among the objects of its document. */
  readonly index: number;
  /** It is not as it was written. */
  readonly changed: boolean;
  /** Something of it but its namespace. */
  readonly patched: boolean;
  /** The documents that took part, by their keys. */
  readonly of: ReadonlySet<string>;
  /** The patch that was made last, by what it is known by. */
  readonly patch?: WrittenPart;
}

export function writtenObject(resource: Resource, home: Source, index: number): BuiltObject {
  return objectOfPart(written(resource.root, home), { home, index, of: new Set([sourceKey(home)]) });
}

export function objectOfPart(root: BuiltPart, at: Pick<BuiltObject, "home" | "index" | "of">): BuiltObject {
  const apiVersion = partText(partAt(root, ["apiVersion"])) ?? "";
  const [group = "", version = ""] = apiVersion.includes("/") ? apiVersion.split("/") : ["", apiVersion];
  return {
    root,
    kind: partText(partAt(root, ["kind"])) ?? "",
    group,
    version,
    names: some(partText(partAt(root, ["metadata", "name"]))),
    namespaces: some(partText(partAt(root, ["metadata", "namespace"]))),
    changed: false,
    patched: false,
    ...at,
  };
}

export function changed(object: BuiltObject, root: BuiltPart, by: Source): BuiltObject {
  return root === object.root
    ? object
    : { ...object, root, changed: true, patched: true, of: new Set([...object.of, sourceKey(by)]) };
}

export function renamed(object: BuiltObject, name: string): BuiltObject {
  return { ...object, names: [...object.names, name] };
}

export function moved(object: BuiltObject, namespace: BuiltPart, by: Source): BuiltObject {
  const text = partText(namespace) ?? "";
  if (object.namespaces.at(-1) === text) return object;
  const root = setAt(object.root, ["metadata", "namespace"], namespace);
  const { patched } = object;
  return { ...changed(object, root, by), patched, namespaces: [...object.namespaces, text] };
}

function some(text: string | undefined): readonly string[] {
  return text === undefined ? [] : [text];
}
