import type { Resource } from "../manifest/resource.ts";

/** Behind a mistake in the YAML above, the same text may be read as something else. */
export function alike(a: Resource, b: Resource): boolean {
  return (
    a.partial === b.partial &&
    a.recovered === b.recovered &&
    a.kind === b.kind &&
    a.apiVersion === b.apiVersion &&
    a.root.node.kind === b.root.node.kind &&
    a.spell([]) === b.spell([])
  );
}

/** Which of the resources are read of the same text as before, at the same place of a List: of those everything is known. */
export function unchanged(before: readonly Resource[], now: readonly Resource[]): readonly boolean[] {
  return now.map((resource, index) => {
    const known = before[index];
    return known !== undefined && known.root.node === resource.root.node && alike(known, resource);
  });
}
