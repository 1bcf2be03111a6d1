import type { Answer, KubeObject } from "#core/cluster/cluster.ts";
import { objectYaml } from "#core/cluster/object-yaml.ts";
import type { ObjectRef } from "../tree/row.ts";

/** The text of a document that shows an object; or, as comments, why it could not be read. */
export function objectText(ref: ObjectRef, answer: Answer<KubeObject>): string {
  const { apiVersion, kind, name } = ref;
  if (answer.ok) return objectYaml({ apiVersion, kind, ...answer.value });
  const { message, remedy } = answer.refusal;
  return [`${kind} ${name}`, message, ...(remedy === undefined ? [] : [remedy])].map((line) => `# ${line}\n`).join("");
}
