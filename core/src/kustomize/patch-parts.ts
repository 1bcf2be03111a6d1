import { embed } from "../manifest/embedded.ts";
import type { Field } from "../manifest/field.ts";
import { parseYaml } from "../manifest/parse.ts";
import { Resource } from "../manifest/resource.ts";
import type { BuiltObject } from "./built-object.ts";
import { type BuiltPart, partAt, partText, typeOf, written } from "./parts.ts";
import type { Source } from "./source.ts";

/** A patch without a target is for the object that it names. */
export function meantBy(patch: BuiltPart): (object: BuiltObject) => boolean {
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
