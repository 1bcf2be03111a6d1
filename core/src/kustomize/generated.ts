import type { Field } from "../manifest/field.ts";
import { type BuiltObject, changed, objectOfPart } from "./built-object.ts";
import type { Kustomization } from "./kustomization.ts";
import { type BuiltPart, type Entry, partAt, withEntry, written } from "./parts.ts";
import { type Source, sourceKey } from "./source.ts";

/** The text of a file that a generator names, by the name as written; undefined where it cannot be read. */
export type ReadNamed = (path: string) => string | undefined;

/**
 * The ConfigMaps that are generated, among those that are there already, with which some are merged; undefined where something is named
 * that cannot be read. {@link https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/configmapgenerator/}
 */
export function withGenerated(
  objects: readonly BuiltObject[],
  kustomization: Kustomization,
  read: ReadNamed,
): readonly BuiltObject[] | undefined {
  const { root, from } = kustomization;
  let result = objects;
  for (const generator of root.get("configMapGenerator")?.items() ?? []) {
    const name = generator.get("name");
    const data = dataOf(generator, from, read);
    if (name?.text === undefined || !data) return undefined;
    const behavior = generator.get("behavior")?.text ?? "create";
    const there = result.find(({ kind, names }) => kind === "ConfigMap" && names.includes(name.text ?? ""));
    if (behavior !== "create") {
      if (!there) return undefined;
      result = result.map((object) => (object === there ? filled(object, data, behavior === "merge", from) : object));
      continue;
    }
    const metadata: BuiltPart = { kind: "map", entries: [{ key: "name", value: written(name, from) }] };
    const entries: readonly Entry[] = [
      { key: "apiVersion", value: written(name, from, "v1") },
      { key: "kind", value: written(name, from, "ConfigMap") },
      { key: "metadata", value: metadata },
      { key: "data", value: { kind: "map", entries: data } },
    ];
    const of = new Set([sourceKey(from)]);
    result = [
      ...result,
      { ...objectOfPart({ kind: "map", entries }, { home: undefined, index: 0, of }), changed: true, patched: true },
    ];
  }
  return result;
}

function filled(object: BuiltObject, data: readonly Entry[], keep: boolean, by: Source): BuiltObject {
  const old = partAt(object.root, ["data"]);
  let map: BuiltPart = keep && old ? old : { kind: "map", entries: [] };
  for (const entry of data) map = withEntry(map, entry);
  return changed(object, withEntry(object.root, { key: "data", value: map }), by);
}

function dataOf(generator: Field, from: Source, read: ReadNamed): readonly Entry[] | undefined {
  const items = (key: string) => generator.get(key)?.items() ?? [];
  const entries: Entry[] = [];
  const variables = [...items("envs"), ...(generator.has("env") ? [generator.get("env")] : [])];
  for (const field of variables) {
    const lines = field?.text === undefined ? undefined : read(field.text)?.split("\n");
    if (!field || !lines) return undefined;
    for (const line of lines) {
      const [, key, value = ""] = /^\s*([\w.-]+)=(.*?)\r?$/.exec(line) ?? [];
      if (key !== undefined) entries.push({ key, value: { ...written(field, from, value), inFile: field.text ?? "" } });
    }
  }
  for (const field of items("literals")) {
    const [, key, value = ""] = /^([\w.-]+)=([\s\S]*)$/.exec(field.text ?? "") ?? [];
    if (key !== undefined) entries.push({ key, value: written(field, from, value.replace(/^(["'])(.*)\1$/s, "$2")) });
  }
  for (const field of items("files")) {
    const { text = "" } = field;
    const [path, sign] = [text.slice(text.indexOf("=") + 1), text.indexOf("=")];
    const content = read(path);
    if (content === undefined) return undefined;
    const key = sign > 0 ? text.slice(0, sign) : path.slice(path.lastIndexOf("/") + 1);
    entries.push({ key, value: { ...written(field, from, content), inFile: path } });
  }
  return entries;
}
