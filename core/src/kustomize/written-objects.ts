import { LeftOut } from "../lint/left-out.ts";
import type { Field } from "../manifest/field.ts";
import type { WritesInto } from "./files.ts";
import type { Kustomization, NamedPatch } from "./kustomization.ts";
import { type BuiltPart, partAt, partText } from "./parts.ts";
import { inlineParts } from "./patch-parts.ts";
import type { Source } from "./source.ts";

/** Objects that may be written into; what is not known may be any. */
export interface MeantObject {
  readonly kind: string | undefined;
  readonly name: string | undefined;
}

/** What a kustomization writes into: what patches, replacements and generators that merge are for. `read` gives the patches of a file. */
export function writtenObjects(
  { root, from, patches, lastPatches }: Kustomization,
  read: (path: string | undefined) => readonly BuiltPart[] | undefined,
): readonly MeantObject[] {
  const patched = patchedObjects([...patches, ...lastPatches], from, read);
  const merging = (root.get("configMapGenerator")?.items() ?? []).filter((generator) => generator.has("behavior"));
  const merged = merging.map((generator) => ({ kind: "ConfigMap", name: generator.get("name")?.text }));
  return [...patched, ...replaced(root), ...merged];
}

/** What patches are for; `from`: where they stand, unless they say so. */
export function patchedObjects(
  patches: readonly NamedPatch[],
  from: Source,
  read: (path: string | undefined) => readonly BuiltPart[] | undefined,
): readonly MeantObject[] {
  return patches.flatMap(({ path, inline, target, from: own }) => {
    if (target) return [chosenBy(target)];
    const parts = inline ? inlineParts(inline, own ?? from) : read(path?.text);
    // One that cannot be read is made of nothing.
    return (parts ?? []).map((part) => ({
      kind: partText(partAt(part, ["kind"])),
      name: partText(partAt(part, ["metadata", "name"])),
    }));
  });
}

/** What replacements read, and what they write into. One that stands in another file makes nothing. */
function replaced(root: Field): readonly MeantObject[] {
  return (root.get("replacements")?.items() ?? []).flatMap((replacement) => {
    const [source, targets] = [replacement.get("source"), replacement.get("targets")?.items()];
    return source && targets ? [source, ...targets.map((target) => target.get("select"))].map(chosenBy) : [];
  });
}

function chosenBy(target: Field | undefined): MeantObject {
  return { kind: target?.get("kind")?.text, name: target?.get("name")?.text };
}

/** Tells whether one of them may stand in a text; `by` all that may give them names. */
export function mayStandIn(wanted: readonly MeantObject[], by: readonly Kustomization[]): WritesInto {
  const added = addedToNames(by);
  const names = new Map<string, Set<string>>();
  for (const { kind = "", name = "" } of wanted)
    names.set(kind, (names.get(kind) ?? new Set()).add(added ? writtenPart(name, added) : ""));
  const kinds = [...names.keys()];
  if (!kinds.every((kind) => /^[A-Z][A-Za-z0-9]*$/.test(kind))) return () => true;
  const ofKind = new RegExp(`\\bkind["']?: *["']?(${kinds.join("|")})\\b`, "g");
  return (document) => {
    if (document instanceof LeftOut && document.parts.kinds?.some((kind) => names.has(kind)) === false) return false;
    const { text } = document;
    for (const [, kind = ""] of text.matchAll(ofKind))
      for (const name of names.get(kind) ?? []) if (text.includes(name)) return true;
    return false;
  };
}

/** What is put before and behind names; undefined where they may become any. */
function addedToNames(by: readonly Kustomization[]): readonly string[] | undefined {
  if (by.some(({ patches }) => patches.some(({ renames }) => renames === true))) return undefined;
  return by.flatMap(({ root }) => ["namePrefix", "nameSuffix"].flatMap((key) => root.get(key)?.text ?? []));
}

/** What of a name stands in all that are meant: a dot is any character, and others may be signs of an expression. */
function writtenPart(name: string, added: readonly string[]): string {
  if (!/^[\w.-]+$/.test(name)) return "";
  let own = name;
  for (const part of added)
    own = own.slice(own.startsWith(part) ? part.length : 0, own.endsWith(part) ? -part.length : undefined);
  return own.split(".").reduce((longest, part) => (part.length > longest.length ? part : longest), "");
}
