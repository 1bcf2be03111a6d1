import { stringify } from "yaml";
import type { Answer, KubeObject } from "#core/cluster.ts";
import type { ObjectRef } from "../tree/row.ts";

/**
 * The text of a document that shows an object: YAML as the API server has it, without managedFields, which only say
 * who wrote what; or, as a comment, why it could not be read.
 */
export function objectText(ref: ObjectRef, answer: Answer<KubeObject>): string {
  if (!answer.ok) {
    const { message, remedy } = answer.refusal;
    return [`# ${ref.kind} ${ref.name}`, `# ${message}`, ...(remedy === undefined ? [] : [`# ${remedy}`]), ""].join(
      "\n",
    );
  }
  const { metadata, apiVersion = ref.apiVersion, kind = ref.kind, ...rest } = answer.value;
  const { managedFields: _, ...shown } = metadata as KubeObject["metadata"] & { managedFields?: unknown };
  return stringify({ apiVersion, kind, metadata: shown, ...rest }, { lineWidth: 0, aliasDuplicateObjects: false });
}
