import type { Field } from "../manifest/field.ts";
import { type BuiltObject, changed } from "./built-object.ts";
import { isTargeted } from "./is-targeted.ts";
import type { Kustomization } from "./kustomization.ts";
import { type BuiltPart, partAt, partEntries, partItems, partText, type Steps, setAt, typeOf } from "./parts.ts";

/**
 * What `replacements` make of the objects; undefined where one is written in another file, takes a part of a value, or means what cannot be
 * told. {@link https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/replacements/}
 */
export function withReplacements(
  objects: readonly BuiltObject[],
  { root, from }: Kustomization,
): readonly BuiltObject[] | undefined {
  let result: readonly BuiltObject[] = objects;
  for (const replacement of root.get("replacements")?.items() ?? []) {
    const value = sourceOf(result, replacement.get("source"));
    const targets = replacement.get("targets")?.items();
    if (!value || !targets) return undefined;
    for (const target of targets) {
      const paths = target.get("fieldPaths")?.items() ?? [];
      const select = target.get("select");
      if (!select || target.has("options", "delimiter") || target.has("options", "index")) return undefined;
      const create = target.get("options", "create")?.boolean === true;
      const rejects = target.get("reject")?.items() ?? [];
      const made = result.map((object) => {
        const chosen = [isTargeted(select, object), ...rejects.map((one) => negated(isTargeted(one, object)))];
        if (chosen.includes(false)) return object;
        return chosen.includes(undefined) ? undefined : filled(object, paths, value, create, from);
      });
      if (made.includes(undefined)) return undefined;
      result = made as readonly BuiltObject[];
    }
  }
  return result;
}

function negated(answer: boolean | undefined): boolean | undefined {
  return answer === undefined ? undefined : !answer;
}

function sourceOf(objects: readonly BuiltObject[], source: Field | undefined): BuiltPart | undefined {
  if (!source || source.has("options")) return undefined;
  const found = objects.filter((object) => isTargeted(source, object) === true);
  const steps = stepsOf(source.get("fieldPath")?.text ?? "metadata.name");
  const [only] = found;
  return found.length === 1 && only && steps
    ? placesOf(only.root, steps).map((at) => partAt(only.root, at))[0]
    : undefined;
}

function filled(
  object: BuiltObject,
  paths: readonly Field[],
  value: BuiltPart,
  create: boolean,
  by: Kustomization["from"],
): BuiltObject | undefined {
  let { root } = object;
  for (const path of paths) {
    const steps = stepsOf(path.text ?? "");
    if (!steps) return undefined;
    const places = placesOf(root, steps);
    if (places.length === 0 && (!create || steps.some((step) => typeof step !== "string"))) return undefined;
    for (const at of places.length > 0 ? places : [steps as readonly string[]]) root = setAt(root, at, value);
  }
  return changed(object, root, by);
}

type Step = string | { readonly key: string; readonly is: string };

/** `spec.containers.[name=web].env.0.value`, `metadata.annotations.a\.b`; undefined for what is written otherwise. */
function stepsOf(path: string): readonly Step[] | undefined {
  const words = path.match(/\[[^[\]]*\]|(?:[^.[\\]|\\.)+/g);
  if (!words || path === "") return undefined;
  return words.map((word) => {
    const [, key, is] = /^\[([\w./-]+)=([^\]]*)\]$/.exec(word) ?? [];
    return key !== undefined && is !== undefined ? { key, is } : word.replace(/\\(.)/g, "$1").replace(/^\[|\]$/g, "");
  });
}

/** Where that is in an object: at several places for `*`, at none where it is missing. */
function placesOf(root: BuiltPart, steps: readonly Step[], before: Steps = []): readonly Steps[] {
  const [step, ...rest] = steps;
  if (step === undefined) return [before];
  const isList = typeOf(root) === "seq";
  const below: readonly (readonly [string | number, BuiltPart])[] = isList
    ? partItems(root).map((item, index) => [index, item])
    : partEntries(root).map(({ key, value }) => [key, value]);
  const wanted = below.filter(([key, value]) =>
    typeof step === "string"
      ? step === "*" || String(key) === step
      : isList && partText(partAt(value, [step.key])) === step.is,
  );
  return wanted.flatMap(([key, value]) => placesOf(value, rest, [...before, key]));
}
