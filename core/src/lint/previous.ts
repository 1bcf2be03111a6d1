import { ManifestFile } from "../manifest/file.ts";
import type { Resource } from "../manifest/resource.ts";

/** The objects of a file as it was before: what an update is held against. */
export function objectsOfText(text: string): readonly Resource[] {
  return new ManifestFile(text).documents.flatMap(({ resources }) => resources.filter(({ embedded }) => !embedded));
}

/** The same object as it was: by API group, kind and name, and by namespace where both say theirs. */
export function sameObject(
  before: readonly Resource[],
  { group, kind, name, namespace }: Resource,
): Resource | undefined {
  if (name === undefined) return undefined;
  return before.find(
    (old) =>
      old.group === group &&
      old.kind === kind &&
      old.name === name &&
      (old.namespace ?? namespace) === (namespace ?? old.namespace),
  );
}
