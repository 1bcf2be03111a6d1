import type { Field } from "../../manifest/field.ts";
import type { Resource } from "../../manifest/resource.ts";

/** What a field does, per family. One file a topic in `hover/`. */
export interface FieldDoc {
  /** Kinds as `Resource.kind` spells them; "pod" for the pod spec of whatever holds one. */
  readonly kinds: readonly string[];
  /** Keys with `[]` for items, from the root or from the pod spec: `spec.ingress[].from[].ipBlock`. */
  readonly path: string;
  /** Markdown. */
  readonly says: string;
  /** Where it stands: a URL. */
  readonly source: string;
  /** What follows from the value that is written there, Markdown: how many nodes a prefix is for. */
  readonly follows?: (field: Field, resource: Resource) => string | undefined;
  /** Where kind and path do not tell: whether this resource is the one that is meant. */
  readonly only?: (resource: Resource) => boolean;
}
