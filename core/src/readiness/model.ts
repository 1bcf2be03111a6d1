/** Whether workloads can do without IPv4: what was seen of each, and what keeps it. */

import type { ResolvConf } from "../linux/resolv-conf.ts";
import type { ListeningSocket, TcpConnection } from "../linux/tcp-sockets.ts";

/** The rungs from being meant for IPv6 to being reached over it. */
export const steps = ["declared", "assigned", "listening", "allowed", "resolvable", "reached"] as const;
export type StepName = (typeof steps)[number];

/** `none`: the workload has nothing that the question could be about. */
export interface ReadinessStep {
  readonly is: "yes" | "no" | "unknown" | "none";
  readonly why: string;
}

/** What keeps a workload on IPv4. */
export interface Blocker {
  readonly kind:
    | "no-address"
    | "listens-ipv4"
    | "service"
    | "policy"
    | "nameserver"
    | "connection"
    | "literal"
    | "name"
    | "runtime";
  readonly what: string;
  /** Where to change it: an object and a path in it. */
  readonly where: string;
}

/**
 * `IPv4-only`: it has no IPv6 address, or does not answer over IPv6. `dual`: nothing
 * says that it does not answer over both, and it needs IPv4 for what blocks it.
 * `IPv6-only-ready`: every rung that concerns it was seen, and nothing that needs IPv4. `unknown`: something could not be seen.
 */
export type Class = "IPv4-only" | "dual" | "IPv6-only-ready" | "unknown";

export interface Assessed {
  /** `Deployment shop/web` */
  readonly workload: string;
  readonly pods: number;
  /** The pod that was looked into. */
  readonly seen?: string;
  readonly class: Class;
  readonly steps: Readonly<Record<StepName, ReadinessStep>>;
  readonly blocks: readonly Blocker[];
  /** What it is connected to over IPv4, and who is to it: clients are theirs to change. */
  readonly peers4: readonly { readonly peer: string; readonly port: number; readonly way: "out" | "in" }[];
  /** Facts that keep nothing from running as it does. */
  readonly notes: readonly string[];
  readonly addresses: readonly string[];
}

/** What a look into a pod told; what could not be read is absent, with the reason. */
export interface Inside {
  readonly pod: string;
  readonly listeners?: readonly ListeningSocket[];
  readonly connections?: readonly TcpConnection[];
  readonly resolver?: ResolvConf;
  readonly why?: string;
}

/** Whether a name has addresses of a family, as the pod's own DNS server says; undefined if nobody answered. */
export interface NameFamilies {
  readonly A: boolean | undefined;
  readonly AAAA: boolean | undefined;
}

export interface Readiness {
  readonly workloads: readonly Assessed[];
  /** What was not read, in sentences. */
  readonly unread: readonly string[];
}
