import type { Field, Place } from "./field.ts";

/** The place of an entry that is not written: the path it would have, and what is underlined in its stead. */
export function missing(parent: Field, step: string, { start, end }: Place): Place {
  return { path: parent.resource.spell([...parent.steps, step]), start, end };
}

/** The same range under another path: where a reader names the list, not the item. */
export function under(path: string, { start, end }: Place): Place {
  return { path, start, end };
}
