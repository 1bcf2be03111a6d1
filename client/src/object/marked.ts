import { ManifestFile } from "#core/manifest/file.ts";
import type { Mark, ObjectRef } from "../tree/row.ts";
import { types } from "../tree/view.ts";

/** An object of a YAML text of which the last diagnosis says something. */
export interface Marked {
  /** That of its first line, from 0. */
  readonly line: number;
  readonly object: ObjectRef;
  readonly mark: Mark;
}

const listed = { Pod: types.pods, Service: types.services, Node: types.nodes };

/**
 * What the last diagnosis said of the objects of a text.
 *
 * @param assumed the namespace of a manifest that names none
 */
export function markedIn(
  text: string,
  assumed: string,
  markOf: (object: ObjectRef) => Mark | undefined,
): readonly Marked[] {
  const file = new ManifestFile(text);
  return file.documents.flatMap(({ resources }, document) =>
    resources.flatMap(({ kind, name, namespace = assumed, embedded, root }) => {
      const type = listed[kind as keyof typeof listed];
      if (type === undefined || name === undefined || embedded !== undefined) return [];
      const object: ObjectRef = { ...type, kind, name, ...(kind === "Node" ? {} : { namespace }) };
      const mark = markOf(object);
      return mark ? [{ line: file.position(document, root.start).line, object, mark }] : [];
    }),
  );
}
