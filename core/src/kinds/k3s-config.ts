import { type Family, familyOf } from "../addresses/address.ts";
import type { Place } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";

/** A setting of k3s or RKE2 that lists addresses or prefixes. */
export interface K3sList {
  /** What to underline for all of it. */
  readonly at: Place;
  readonly texts: readonly string[];
  /** In the order written, each once. */
  readonly families: readonly Family[];
}

/** Reads a list, written as one or in one string; undefined if it is absent or not all of it can be read. */
export function k3sList(config: Resource, key: string): K3sList | undefined {
  const field = config.get(key);
  if (!field) return undefined;
  const scalars = field.type === "seq" ? field.items() : [field];
  const texts = scalars.flatMap(({ text }) => text?.split(",").map((part) => part.trim()) ?? [""]);
  const families = texts.flatMap((text) => familyOf(text) ?? []);
  if (families.length < texts.length || texts.length === 0) return undefined;
  const at = field.type === "seq" ? field.key : field;
  return { at, texts, families: [...new Set(families)] };
}
