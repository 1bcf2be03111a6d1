import type { Family } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import type { PodEndpoint, PolicyEngine } from "../policy/model.ts";

/** What of a cluster decides how its tests are written. */
export interface Basis {
  /** Where this is known from: `context "prod" (https://...)`, `--cluster dual-v4`. */
  readonly from: string;
  /** In which pods reach Services, the one that comes first in front; never empty. */
  readonly families: readonly Family[];
  /** Undefined where nobody could count them. */
  readonly nodes?: number;
  /** Minor version of Kubernetes 1. */
  readonly kubernetes?: number;
  /** Policies of every kind, and what gives them their meaning: Namespaces, Nodes, Pods. */
  readonly objects: readonly KubeObject[];
  readonly engine?: PolicyEngine;
  /** The namespaces that are there; undefined where they are not known. */
  readonly namespaces?: readonly string[];
  /** The Service of the cluster's DNS, and the pods behind it. */
  readonly dns?: {
    readonly addresses: readonly string[];
    readonly pods: readonly PodEndpoint[];
    /** Of the pods: where a policy sees their traffic. */
    readonly port: number;
  };
  /** Of the API server monitoring.coreos.com/v1 is known. */
  readonly operator: boolean;
  /** A blackbox_exporter that runs. */
  readonly exporter?: Exporter;
  /** Ranges by what they are for, as an address plan writes them; undefined where they are not known. */
  readonly plan?: Readonly<Record<string, readonly string[]>>;
  /** The files have settings of their own that say what the cluster serves. */
  readonly settled?: boolean;
  /** Sentences on what could not be read. */
  readonly unread: readonly string[];
}

export interface Exporter {
  /** `blackbox.monitoring.svc:9115` */
  readonly at: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Nobody has named one, and none was found. */
  readonly guessed?: true;
}

/** What somebody asks for. */
export interface WantedTests {
  readonly parts: readonly PreventionPart[];
  /** Where the test pods and the CronJobs are. */
  readonly namespace: string;
  readonly image: string;
  /** Has ip6tables-save, iptables-save and nft; without it the packet filter is not read. */
  readonly rulesImage?: string;
  readonly outside: readonly Outside[];
  readonly monitoring: "operator" | "config";
  readonly exporter: Exporter;
}

export const parts = ["tests", "nodes", "alerts", "plan"] as const;
export type PreventionPart = (typeof parts)[number];

/** A name or an address outside of the cluster, and a TCP port of it. */
export interface Outside {
  readonly host: string;
  readonly port: number;
  /** Of an address; a name is tried in all families of the cluster. */
  readonly family?: Family;
}

/** A file that is printed or written. */
export interface GeneratedFile {
  /** Below the folder that somebody names: `manifests/2-test-pods.yaml`, `monitoring/blackbox.yml`. */
  readonly path: string;
  readonly text: string;
}

export interface Prevention {
  readonly files: readonly GeneratedFile[];
  /** Sentences on policies in force that would stop a test, or of which nobody knows. */
  readonly inForce: readonly string[];
  /** Sentences on what somebody has to know besides. */
  readonly notes: readonly string[];
}
