import type { BuiltObject } from "./built-object.ts";
import { type Substituted, substituted, type ValueOf } from "./envsubst.ts";
import { fluxGroup } from "./flux-kustomization.ts";
import { type BuiltPart, partAt, partEntries, partItems, partText, typeOf } from "./parts.ts";

/** An object with the values of variables that are known; what holds others stays as it is written. */
export function filledIn(object: BuiltObject, lookUp: ValueOf): BuiltObject {
  const { root } = object;
  if (root.kind === "written" && !root.field.resource.source.includes("${")) return object;
  const off = ["labels", "annotations"].some(
    (key) => partText(partAt(root, ["metadata", key, `${fluxGroup}/substitute`])) === "disabled",
  );
  const made = off ? root : filled(root, lookUp);
  if (made === root) return object;
  const name = partText(partAt(made, ["metadata", "name"]));
  const names = name === undefined || object.names.includes(name) ? object.names : [...object.names, name];
  return { ...object, root: made, names, changed: true, patched: true };
}

function filled(part: BuiltPart, lookUp: ValueOf): BuiltPart {
  const type = typeOf(part);
  if (type === "map") {
    const entries = partEntries(part);
    const made = entries.map((entry) => {
      const value = filled(entry.value, lookUp);
      return value === entry.value ? entry : { ...entry, value };
    });
    return made.every((entry, index) => entry === entries[index]) ? part : { kind: "map", entries: made };
  }
  if (type === "seq") {
    const items = partItems(part);
    const made = items.map((item) => filled(item, lookUp));
    return made.every((item, index) => item === items[index]) ? part : { kind: "seq", items: made };
  }
  const text = partText(part);
  const made = text === undefined || part.kind !== "written" ? undefined : substituted(text, lookUp);
  if (!made || text === undefined || part.kind !== "written" || !isReadable(text, made)) return part;
  return { ...part, text: made.text, substituted: made };
}

/**
 * Flux fills in what it has printed, where most texts have no quotes: a value can make a list, a number or something else of one. What it
 * makes otherwise, or nothing that can be read, stays as it is written.
 */
function isReadable(before: string, { text, filled }: Substituted): boolean {
  if (filled.some(({ value }) => /["'\n]/.test(value.text))) return false;
  if (!isPrintedPlain(before)) return true;
  return (
    !/: |\s#|[:\s]$|^[\s*&!|>%@`"'#,{}\]?]|^[-:?](?:\s|$)/.test(text) && text.startsWith("[") === text.endsWith("]")
  );
}

/** As Flux prints it: in no quotes, and not as a block. */
export function isPrintedPlain(text: string): boolean {
  return /^[\w$./:-]/.test(text) && !/^[-:](?:\s|$)|: |\s#|[:\s]$|\n/.test(text);
}
