import type { PlacedField } from "../composed.ts";
import type { Embedded } from "../embedded.ts";
import type { Field } from "../field.ts";
import type { Head } from "../node.ts";
import type { Resource } from "../resource.ts";

/** What a wrapped thing is, where it does not say so itself. */
export type WrappedAs = Pick<Head, "apiVersion" | "kind">;

/** Something that another object wraps up: the values of a chart in a HelmRelease, kubeadm's configuration in Cluster API. */
export interface Wrapped {
  /** A mapping, or a scalar whose text is YAML; a list of operations, or a text of them, where `patch` is set. */
  readonly field: Field;
  readonly as?: WrappedAs;
  /** Where it says a kind alone. */
  readonly apiVersion?: string;
  /** The values that it is made of, where they stand one by one. */
  readonly placed?: readonly PlacedField[];
  /** What it is a patch for, if it may be a list of operations. */
  readonly patches?: WrappedAs;
  /** The text is the file of a program, of this kind. */
  readonly program?: string;
  /** What was made of it: a file of the flags of a command. */
  readonly made?: Embedded;
  /** Where in it the text belongs, if that is a part of it. */
  readonly below?: readonly (string | number)[];
}

export type Perhaps = Omit<Wrapped, "field"> & { readonly field: Field | undefined };

export interface Opener {
  readonly kind: string;
  readonly groups: readonly string[];
  /** The kinds that may stand in it without a word of theirs; `kind:` is found wherever it stands. */
  readonly holds: readonly string[];
  /** Where the text has none of this, there are none of them. */
  readonly mentions?: RegExp;
  /** It has settings of its own beside what it wraps up, as an operator's object. */
  readonly beside?: true;
  open(resource: Resource): readonly Perhaps[];
}

export const values: WrappedAs = { apiVersion: "", kind: "HelmValues" };

export const ofValues = [values.kind];

/** Of the items of a list; what is missing has none. */
export function each(list: Field | undefined, open: (item: Field) => Perhaps | readonly Perhaps[]): readonly Perhaps[] {
  return (list?.items() ?? []).flatMap(open);
}
