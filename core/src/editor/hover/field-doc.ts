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
}
