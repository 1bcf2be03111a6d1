import type { KubeObject, ResourceType } from "#core/cluster/cluster.ts";
import type { Markdown } from "#core/text/markdown.ts";

/** One line of the tree, without anything of VS Code in it. */
export interface Row {
  /** Unique in the whole tree and the same after a refresh, so that what is expanded stays so. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly icon?: Icon;
  readonly tone?: Tone;
  /** A string is plain text, whatever stands in it. */
  readonly tooltip?: Markdown | string;
  /** Which menus the row has: the `viewItem` of package.json. */
  readonly menu?: Menu;
  /** What a click opens as YAML. */
  readonly object?: ObjectRef;
  /** The command that a click runs with this row, where it does not open an object. */
  readonly click?: string;
  /** What it lacks that others have, though nothing is wrong with it: the filter for what is odd shows it. */
  readonly odd?: boolean;
  /** Its families as a badge, "4", "6" or "46". */
  readonly badge?: Badge;
  /** What can be copied as its address. */
  readonly addresses?: readonly string[];
  readonly expanded?: boolean;
  /** undefined for a row that cannot be expanded. */
  readonly children?: () => readonly Row[];
}

/** Names of codicons, https://microsoft.github.io/vscode-codicons/dist/codicon.html */
export type Icon =
  | ("circle-outline" | "circle-filled" | "globe" | "list-tree" | "plug" | "book" | "server" | "symbol-namespace")
  | ("package" | "type-hierarchy-sub" | "shield" | "warning" | "error" | "info" | "lightbulb" | "loading~spin")
  | (
      | "pass"
      | "folder-opened"
      | "filter"
      | "debug-disconnect"
      | "lock"
      | "symbol-number"
      | "references"
      | "question"
      | "add"
      | "beaker"
      | "edit"
      | "refresh"
    );

export type Tone = "good" | "warning" | "error";

/** Families in one or two characters. */
export type Badge = "4" | "6" | "46";

export type Menu =
  | ("context" | "current-context" | "demo-context" | "address")
  | "node"
  | "pod"
  | "service"
  | "object"
  | "namespace"
  | "diagnosis";

/** What the last diagnosis says of an object, behind what its row says anyway. */
export interface Mark {
  readonly text: string;
  /** The id of the diagnosis that says so. */
  readonly diagnosis: string;
  readonly tone: Tone;
}

/** Which object of the cluster is meant. */
export interface ObjectRef extends ResourceType {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** The reference to an object that was listed under `type`. */
export function refTo(type: ResourceType, kind: string, { metadata }: KubeObject): ObjectRef {
  const place = metadata.namespace === undefined ? {} : { namespace: metadata.namespace };
  return { ...type, kind, name: metadata.name, ...place };
}

/** True for what a menu of the tree hands to a command. */
export function isRow(value: unknown): value is Row {
  return typeof value === "object" && value !== null && "id" in value && "label" in value;
}

/** A row that only says something. */
export function note(id: string, label: string, more: Omit<Partial<Row>, "id" | "label"> = {}): Row {
  return { id, label, ...more };
}
