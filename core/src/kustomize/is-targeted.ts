import type { Field } from "../manifest/field.ts";
import type { BuiltObject } from "./built-object.ts";
import { type BuiltPart, partAt, partEntries, partText } from "./parts.ts";

/**
 * Whether a target means an object; undefined where that cannot be told. Its names are regular expressions for the whole of the name.
 * {@link https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/}
 */
export function isTargeted(target: Field, object: BuiltObject): boolean | undefined {
  const is = (key: string, values: readonly string[]) => matches(target.get(key), values);
  const all = [
    is("group", [object.group]),
    is("version", [object.version]),
    is("kind", [object.kind]),
    is("name", object.names),
    is("namespace", object.namespaces.length > 0 ? object.namespaces : ["", "default"]),
    labelled(target.get("labelSelector"), object.root, "labels"),
    labelled(target.get("annotationSelector"), object.root, "annotations"),
  ];
  if (all.includes(false)) return false;
  return all.includes(undefined) ? undefined : true;
}

function matches(field: Field | undefined, values: readonly string[]): boolean | undefined {
  if (!field || field.type === "null" || field.text === "") return true;
  if (field.text === undefined || field.text.length > 500) return undefined;
  const { text } = field;
  if (/^[\w.-]*$/.test(text))
    return values.some((value) => (text.includes(".") ? likeDotted(text, value) : value === text));
  // Where Go takes time by the length alone, these take it by each way to repeat and to choose.
  if (/\)[+*{]/.test(text) || (text.match(/[+*?{(]/g)?.length ?? 0) > 3) return undefined;
  try {
    const pattern = new RegExp(`^(?:${text})$`);
    return values.some((value) => pattern.test(value));
  } catch {
    return undefined;
  }
}

/** A dot is any character. */
function likeDotted(pattern: string, value: string): boolean {
  return pattern.length === value.length && [...pattern].every((char, index) => char === "." || char === value[index]);
}

/** `a=b,c!=d,e,!f,g in (h,i),j notin (k)`. {@link https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors} */
function labelled(field: Field | undefined, object: BuiltPart, of: "labels" | "annotations"): boolean | undefined {
  if (!field || field.type === "null" || field.text === "") return true;
  const written = partAt(object, ["metadata", of]);
  const labels = new Map((written ? partEntries(written) : []).map(({ key, value }) => [key, partText(value)]));
  if (field.text === undefined || field.text.length > 500) return undefined;
  const terms = termsOf(field.text).map((term) => selectorTerm.exec(term.trim()));
  if (terms.length === 0 || terms.includes(null)) return undefined;
  return terms.every((term) => {
    const { no, key = "", sign, value, word, among = "" } = term?.groups ?? {};
    const label = labels.get(key);
    if (word !== undefined)
      return (labels.has(key) && among.split(",").some((one) => one.trim() === label)) === (word === "in");
    if (sign === undefined) return labels.has(key) === (no === undefined);
    return (label === value) === (sign === "=");
  });
}

/** What stands between commas, but for those in brackets. */
function termsOf(text: string): readonly string[] {
  const terms: string[] = [];
  for (const part of text.split(",")) {
    const last = terms.at(-1);
    if (last?.includes("(") && !last.includes(")")) terms[terms.length - 1] = `${last},${part}`;
    else terms.push(part);
  }
  return terms;
}

const selectorTerm =
  /^(?:(?<no>!)?\s*(?<key>[\w./-]+))(?:\s*(?<sign>!?=)=?\s*(?<value>[\w.-]*)|\s+(?<word>in|notin)\s*\((?<among>[\w., -]*)\))?$/;
