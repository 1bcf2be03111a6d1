import type { Shape } from "../addresses/shape.ts";
import type { Resource } from "../manifest/resource.ts";
import type { Checked } from "./checked-document.ts";
import type { Severity } from "./rule.ts";

/** What is known about the files of one workspace, beyond what stands in them. */
export interface Settings {
  readonly cluster: Shape;
  /** Minor version of Kubernetes 1 the manifests are meant for. */
  readonly kubernetes: number;
  /** `--service-cluster-ip-range` of the cluster, and its ServiceCIDR objects. */
  readonly serviceCIDRs?: readonly string[];
  /** By id or code of a rule; "off" silences it. */
  readonly severities?: Readonly<Record<string, Severity | "off">>;
  /** The answers for one file where they differ from those above. */
  readonly of?: (file: string) => Meant | undefined;
  /** Which files are meant for one cluster together: the same answer, the same cluster. Default: the same folder. */
  readonly scope?: (file: string) => string;
  /** The object as it was before, by file and resource. */
  readonly old?: (file: string, resource: Resource) => Resource | undefined;
  /** Files that are patches: what they leave out says nothing. */
  readonly patch?: (file: string) => boolean;
  /** Files whose objects something else may write into, as a kustomization does with labels and selectors. */
  readonly completed?: (file: string) => boolean;
  /** Its documents are those of other workspaces and scopes as well: what rules say that ask for no facts is remembered for these. */
  readonly shares?: boolean;
  /** What becomes of files where they are built with others. */
  readonly builds?: BuiltWith;
}

/** What is to be said of files that are built with others, as kustomizations do. */
export interface BuiltWith {
  /** Variables may be filled in, so that there may be something to say of what says nothing as it stands. */
  readonly fills: boolean;
  /** A file came, changed or went; the others of which something else may be said now. */
  touched(file: string): readonly string[];
  /** Looks at what a file is built into, in small steps. */
  building(file: string): Generator<undefined>;
  /** What is to be said of a file, from what is said of it as it stands. */
  said(file: string, all: readonly Checked[]): readonly Checked[];
}

/** What a file is meant for. */
export type Meant = Pick<Settings, "cluster" | "kubernetes" | "severities" | "serviceCIDRs">;

export const defaults: Settings = { cluster: "unknown", kubernetes: 36 };
