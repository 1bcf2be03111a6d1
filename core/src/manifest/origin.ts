import type { ComposedWay } from "./composed.ts";
import type { Embedded } from "./embedded.ts";
import type { Head } from "./node.ts";
import type { Resource } from "./resource.ts";

/** Where a resource comes from, and what that makes of it. */
export interface Origin {
  /** Where the object stands in its document: `["items", 0]` in a List. */
  readonly steps: readonly (string | number)[];
  readonly partial: boolean;
  /** The text is broken, and this is what could be made of it. */
  readonly recovered?: boolean;
  /** The text that was parsed: the document's, or a part of it that begins at `base`. */
  readonly source: string;
  readonly base?: number;
  readonly embedded?: Embedded;
  /** Where what it is composed of stands. */
  readonly ways?: readonly ComposedWay[];
  /** Where in a chart's values its `spec` stands. */
  readonly values?: readonly (string | number)[];
  /** Those values, where it is a part of them. */
  readonly partOf?: Resource;
  /** What the items of a typed list such as a ServiceList are. */
  readonly item?: Pick<Head, "apiVersion" | "kind">;
  /** What wraps it up. */
  readonly within?: Resource;
  /** What it is there, whatever it says. */
  readonly as?: Pick<Head, "apiVersion" | "kind">;
  /** Where it says a kind alone. */
  readonly apiVersion?: string;
}
