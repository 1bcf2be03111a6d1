import type { BuiltObject } from "./built-object.ts";
import type { NamedPatch } from "./kustomization.ts";
import { type BuiltPart, partAt, partEntries, partItems, partText, typeOf } from "./parts.ts";
import type { Source } from "./source.ts";

/** A Kustomization of Flux: what it builds, and what it makes of that. {@link https://fluxcd.io/flux/components/kustomize/kustomizations/} */
export interface FluxKustomization {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly from: Source;
  /** From where Flux has what it builds. */
  readonly source: string;
  /** What it builds, from the top of that. */
  readonly path: string;
  readonly patches: readonly NamedPatch[];
  readonly components: readonly string[];
  readonly targetNamespace: BuiltPart | undefined;
  /** `postBuild.substitute`: which texts of others are not known is told by undefined. */
  readonly substitute: ReadonlyMap<string, string | undefined>;
  /** `postBuild.substituteFrom`: what is said last counts. */
  readonly substituteFrom: readonly ValuesRef[];
  /** Defaults are filled in though there are no variables. */
  readonly always: boolean;
  /** Why it cannot be known what becomes of what is built. */
  readonly unknown: readonly string[];
}

/** An object whose data are variables. */
export interface ValuesRef {
  readonly kind: string;
  readonly name: string;
}

export const fluxGroup = "kustomize.toolkit.fluxcd.io";

export function readFluxKustomization({ root, home, kind, group }: BuiltObject): FluxKustomization | undefined {
  if (kind !== "Kustomization" || group !== fluxGroup || !home) return undefined;
  const text = (...steps: string[]) => partText(partAt(root, steps));
  const items = (...steps: string[]) => {
    const part = partAt(root, steps);
    return part ? partItems(part) : [];
  };
  const path = text("spec", "path") ?? "";
  // What says neither is a patch of one; a source is often patched in.
  const source = text("spec", "sourceRef", "name") ?? "";
  if (source + path === "" || path.includes("$")) return undefined;
  const patches = items("spec", "patches").map(patchOf);
  const references = items("spec", "postBuild", "substituteFrom").map((item) => ({
    kind: partText(partAt(item, ["kind"])) ?? "",
    name: partText(partAt(item, ["name"])) ?? "",
  }));
  const unknown = ["namePrefix", "nameSuffix", "patchesStrategicMerge", "patchesJson6902"]
    .filter((key) => partAt(root, ["spec", key]))
    .map((key) => `${key} is not followed`);
  if (patches.includes(undefined)) unknown.push("a patch of the Kustomization is not followed");
  return {
    name: text("metadata", "name") ?? "",
    namespace: text("metadata", "namespace"),
    from: home,
    source: `${text("spec", "sourceRef", "kind")} ${source}`,
    path,
    patches: patches.flatMap((patch) => patch ?? []),
    components: items("spec", "components").flatMap((item) => partText(item) ?? []),
    targetNamespace: partAt(root, ["spec", "targetNamespace"]),
    substitute: textsOf(partAt(root, ["spec", "postBuild", "substitute"])),
    substituteFrom: references,
    always: text("spec", "postBuild", "substituteStrategy") === "Always",
    unknown,
  };
}

/** As it was written; what a variable stands in is another patch. */
function patchOf(item: BuiltPart): NamedPatch | undefined {
  const [patch, target] = [partAt(item, ["patch"]), partAt(item, ["target"])];
  if (patch?.kind !== "written" || patch.text !== undefined || patch.field.text?.includes("${")) return undefined;
  if (target && (target.kind !== "written" || target.text !== undefined)) return undefined;
  return { inline: patch.field, from: patch.from, ...(target ? { target: target.field } : {}) };
}

/** Line breaks go; a text that others fill in is not known. */
export function valueText(text: string | undefined): string | undefined {
  return text === undefined || /\$[{$]|^ENC\[/.test(text) ? undefined : text.replaceAll("\n", "");
}

function textsOf(part: BuiltPart | undefined): ReadonlyMap<string, string | undefined> {
  const entries = part && typeOf(part) === "map" ? partEntries(part) : [];
  return new Map(entries.map(({ key, value }) => [key, valueText(partText(value))]));
}
