import { type Prefix, parsePrefix } from "../addresses/address.ts";
import type { Edit } from "../manifest/edit.ts";
import type { Field, Place } from "../manifest/field.ts";

/** One prefix of an installer's list. */
export interface PlannedPrefix {
  readonly text: string;
  /** undefined if it cannot be read. */
  readonly prefix: Prefix | undefined;
  readonly at: Place;
  replace(text: string): Edit | undefined;
}

/** The prefixes of pods or of Services, in the order in which the installer hands them on. */
export interface PlannedList {
  /** How the file calls it. */
  readonly key: string;
  /** What to underline for all of it. */
  readonly at: Place;
  readonly prefixes: readonly PlannedPrefix[];
}

/** A list of scalars, a list in one string, or several fields that are handed on as one list. */
export function listOf(key: string, ...fields: readonly (Field | undefined)[]): PlannedList | undefined {
  const there = fields.filter((field) => field !== undefined);
  const [first] = there;
  if (!first) return undefined;
  const scalars = there.flatMap((field) => (field.type === "seq" ? field.items() : [field]));
  const prefixes = scalars.flatMap(partsOf);
  // A list may fill a page: its first entry stands for it.
  return { key, at: first.type === "seq" ? (prefixes[0]?.at ?? first.key) : first, prefixes };
}

function partsOf(field: Field): PlannedPrefix[] {
  const { text } = field;
  // What comes from a template may be anything, and so may what comes with it.
  if (text === undefined) return [{ text: "", prefix: undefined, at: field, replace: () => undefined }];
  let from = 0;
  return text.split(",").map((whole) => {
    const part = whole.trim();
    const start = from + whole.indexOf(part);
    from += whole.length + 1;
    return {
      text: part,
      prefix: parsePrefix(part),
      at: field.within(start, start + part.length),
      replace: (by) => field.replace(text.slice(0, start) + by + text.slice(start + part.length)),
    };
  });
}

/** The prefixes of a list if all can be read. */
export function plannedPrefixes(list: PlannedList | undefined): readonly Prefix[] | undefined {
  const prefixes = list?.prefixes.flatMap(({ prefix }) => prefix ?? []);
  return prefixes && prefixes.length > 0 && prefixes.length === list?.prefixes.length ? prefixes : undefined;
}

export function isSingle(list: PlannedList | undefined): boolean {
  return (list?.prefixes.length ?? 0) <= 1;
}
