import type { Field, Place } from "./field.ts";
import type { Resource } from "./resource.ts";

/** The place of an entry that is not written: the path it would have, and what is underlined in its stead. */
export function missing(parent: Field, step: string, { start, end }: Place): Place {
  return { path: parent.resource.spell([...parent.steps, step]), start, end };
}

/**
 * The place of a value that a resource does not have: the field itself if it is there and holds nothing, or else, under the path it would
 * have, the key of the map nearest to it that is there. Where that is further away, the path ends at what the map lacks.
 */
export function absent(resource: Resource, ...steps: readonly (string | number)[]): Place | undefined {
  const written = resource.get(...steps);
  if (written) return written.key;
  for (let length = steps.length - 1; length > 0; length--) {
    const parent = resource.get(...steps.slice(0, length));
    if (parent) return under(resource.spell(steps.slice(0, parent.type === "map" ? length + 1 : length)), parent.key);
  }
  const at = resource.get("kind") ?? resource.root.entries()[0]?.[1];
  return at && under(resource.spell(steps.slice(0, 1)), at);
}

/** The same range under another path: where a reader names the list, not the item. */
export function under(path: string, { start, end }: Place): Place {
  return { path, start, end };
}
