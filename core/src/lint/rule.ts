import type { Shape } from "../addresses/shape.ts";
import type { Edit } from "../manifest/edit.ts";
import type { Place, Range } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";
import type { Fact, KnownFact, PlacedFact } from "./fact.ts";

/** "error": the API server, a controller or a loader refuses it, or it cannot work. "information": a hint. */
export type Severity = "error" | "warning" | "information";

/**
 * One rule, one file in `rules/`; the file's name is its id. It looks at one resource, may look at the whole World,
 * and reports only on that resource.
 */
export interface Rule {
  /** What it says in one line, for tables. */
  readonly summary: string;
  /** Why it matters and what to do, Markdown, for the rule's page. */
  readonly why: string;
  /** Where the fact stands: a URL. */
  readonly source: string;
  /** The version that brought it; left out where it was the first one. */
  readonly since?: `${number}.${number}.${number}`;
  /**
   * The entries of scripts/catalogue.json it serves, for example "SVC005", where it serves any; a report may narrow them. The rule's
   * name is its file's: these are for who knows the catalogue.
   */
  readonly codes?: readonly string[];
  readonly severity: Severity;
  /** Kinds as {@link Resource.kind} spells them, or "*" for every resource. */
  readonly kinds: readonly string[];
  /** Only for these API groups; any when left out. */
  readonly groups?: readonly string[];
  /**
   * A document that holds none of these, whatever the case of its letters, gives the rule nothing to report: it is not run, and most
   * documents of a workspace are not even parsed. Left out: any document of its kinds may; an empty list: any that
   * another rule looks at. `^` and `$` are a line's.
   */
  readonly mentions?: readonly RegExp[];
  /** Executed by a test: `bad` is reported by this rule, and its first fix, if there is one, writes `good`. */
  readonly example: Example;
  check(resource: Resource, world: World): Iterable<Report>;
}

export interface Example {
  readonly bad: string;
  readonly good: string;
  /** The object before, for rules on updates. */
  readonly old?: string;
  readonly cluster?: Shape;
  readonly kubernetes?: string;
}

export interface Report {
  /** What to underline: one scalar, never a block; undefined reports nothing. */
  readonly at: Place | undefined;
  /** What is wrong and what to do, in about 80 characters. The API server's own words first, where it has some. */
  readonly message: string;
  /** Overrides the rule's. */
  readonly severity?: Severity;
  /** Which of the rule's codes this is, if not all of them. */
  readonly codes?: readonly string[];
  /** The best first. */
  readonly fix?: Fix | readonly Fix[] | undefined;
}

/**
 * "spelling": what was written is written as it has to be; reach, families, order and programs stay as they are, and nobody has to
 * choose. Such fixes may be made in bulk. "decision": anything else, what opens or shuts, adds or takes a family, changes a length, an
 * address that a program listens on, or what one of several readings would be. One at a time, by a person who sees it.
 */
export type FixKind = "spelling" | "decision";

export interface Fix {
  readonly kind: FixKind;
  readonly title: string;
  /** undefined among them: the fix cannot be made here and is not offered. */
  readonly edits: readonly (Edit | undefined)[];
}

/** The other resources of the file and workspace, and what is known of the cluster they are meant for. */
export interface World {
  readonly cluster: Shape;
  /** The ranges the API server was started with, if settings or the connected cluster tell. */
  readonly serviceCIDRs?: readonly string[] | undefined;
  /** Something beside the file may write into its objects, as a kustomization does: what they lack, they may still be given. */
  readonly completed: boolean;
  /** True from that minor version of Kubernetes 1 on: `atLeast(36)`. */
  atLeast(minor: number): boolean;
  /** What every resource of the workspace says on a subject, in the order of files and documents. */
  all<T>(fact: Fact<T>): readonly KnownFact<T>[];
  /** What one resource itself says, and its place among all: looked up, since a folder may hold thousands. */
  own<T>(fact: Fact<T>, resource: Resource): PlacedFact<T> | undefined;
  /** What `of` makes of all that; made once for as long as they say the same. */
  digest<T, D>(fact: Fact<T>, of: (all: readonly KnownFact<T>[]) => D): D;
  /** The object as it was before (`--old`, git HEAD, the cluster), for rules on updates. */
  old(resource: Resource): Resource | undefined;
}

/** A fix that can be made here. */
export interface OfferedFix extends Fix {
  readonly edits: readonly Edit[];
}

export interface Finding extends Range {
  /** The rule's id. */
  readonly rule: string;
  readonly codes: readonly string[];
  readonly severity: Severity;
  readonly path: string;
  readonly message: string;
  readonly kind: string;
  readonly name: string | undefined;
  readonly fixes: readonly OfferedFix[];
}

/** A rule under its id, the name of its file. */
export interface NamedRule {
  readonly id: string;
  readonly rule: Rule;
}
