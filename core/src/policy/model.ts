/**
 * What all kinds of policy have in common. Each kind compiles its objects to {@link CompiledPolicy}; deciding a flow and
 * summarizing what a policy allows know only this form.
 */
import type { Family, Prefix } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import type { Truth } from "./truth.ts";

export interface PodEndpoint {
  readonly kind: "pod";
  readonly namespace: string;
  readonly name?: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Undefined if nobody has read the Namespace; its name is known all the same, as kubernetes.io/metadata.name. */
  readonly namespaceLabels?: Readonly<Record<string, string>>;
  /** `status.podIPs`; empty if the pod does not run yet (a manifest). */
  readonly ips: readonly string[];
  readonly hostNetwork?: boolean;
  /** Undefined if the pod's containers are not known; then a named port cannot be resolved. */
  readonly containerPorts?: readonly {
    readonly name?: string;
    readonly containerPort: number;
    readonly protocol?: string;
  }[];
  readonly serviceAccount?: string;
  /** `spec.nodeName` */
  readonly node?: string;
}

export interface AddressEndpoint {
  readonly kind: "address";
  /** As the policy sees it: after DNAT of a Service address, after SNAT of an outside client. */
  readonly address: string;
  /** The node whose address this is; undefined for an address outside the cluster. */
  readonly node?: string;
}

export type PolicyEndpoint = PodEndpoint | AddressEndpoint;

export type Protocol = "TCP" | "UDP" | "SCTP" | "ICMP" | "ICMPv6";

export interface PolicyFlow {
  readonly from: PolicyEndpoint;
  /** A Service is decided on the backend pod, at its target port. */
  readonly to: PolicyEndpoint;
  readonly family: Family;
  readonly protocol: Protocol;
  /** Destination port, 1..65535; without it a rule that limits ports cannot be decided. */
  readonly port?: number;
  /** Of an ICMP or ICMPv6 flow; by default the echo request (8, 128). */
  readonly icmpType?: number;
}

export type Direction = "egress" | "ingress";
export const directions = ["ingress", "egress"] as const;
export const families = ["IPv4", "IPv6"] as const;

export type Ruling = "allowed" | "denied" | "unknown";

export interface PolicyRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** The place in a policy that decided, for the editor to point at. */
export interface DecidedBy {
  readonly policy: PolicyRef;
  /** For example `spec.egress[0].to[1].ipBlock.cidr`. */
  readonly path: string;
  /** What stands there, in words: `pods app=web`, `2001:db8::/32`. */
  readonly text: string;
}

/** What enforces policies; it matters where Kubernetes leaves the behaviour open. */
export type PolicyEngine = "calico" | "cilium";

/** One direction of one flow, asked of the policies of one pod. */
export interface PolicyQuestion {
  readonly direction: Direction;
  readonly subject: PodEndpoint;
  readonly peer: PolicyEndpoint;
  readonly family: Family;
  readonly protocol: Protocol;
  readonly port?: number;
  readonly icmpType?: number;
  readonly surroundings: PolicySurroundings;
}

/** What the objects beside the policies say. An object that was not given does not exist, unless something names it. */
export interface PolicySurroundings {
  readonly engine: PolicyEngine | undefined;
  /** Policies of Calico and of Cilium were given: no cluster is known where both are enforced. */
  readonly mixed: boolean;
  find(kind: string, name: string, namespace?: string): KubeObject | undefined;
  all(kind: string): readonly KubeObject[];
}

export interface PortBounds {
  readonly protocols: readonly string[];
  /** Undefined for every port, and for a named one. */
  readonly first?: number;
  readonly last?: number;
  /** A container port's name. */
  readonly name?: string;
}

/** One alternative or condition of a rule. */
export interface Clause {
  readonly path: string;
  readonly text: string;
  /** The families of packets it can match at all. */
  readonly families: readonly Family[];
  /** It matches every peer (or all traffic) of its families. */
  readonly whole?: boolean;
  /** Why the policy alone does not tell what this stands for: it is written as no server accepts it. */
  readonly doubt?: string;
  /** The prefixes that bound it: within none of them, and within the same ones, addresses are all the same to it. */
  readonly nets?: readonly Prefix[];
  /** The protocols and destination ports that bound it. */
  readonly ports?: PortBounds;
  /** Only pods of this namespace can match. */
  readonly namespace?: string;
  /** It is about the pod that the policy selects, and not about its peer. */
  readonly own?: true;
  matches(question: PolicyQuestion): Truth;
}

export type Action = "allow" | "deny" | "pass";

export interface PolicyRule {
  readonly action: Action;
  readonly path: string;
  /** Alternatives; undefined means every peer, an empty list none. */
  readonly peers: readonly Clause[] | undefined;
  /** Protocols and ports, alternatives; undefined means all traffic, an empty list none. */
  readonly traffic: readonly Clause[] | undefined;
  /** All of these must hold as well. */
  readonly conditions: readonly Clause[];
}

export interface PolicySection {
  readonly rules: readonly PolicyRule[];
  /** What no policy of the tier matches is denied. */
  readonly isolates: boolean;
  /** Where to point when a packet is denied because no rule matched it. */
  readonly path: string;
}

export interface Tier {
  readonly name: string;
  /** Smaller comes first; undefined if the object that says so was not given. */
  readonly order: number | undefined;
  /** What happens to a packet that the policies of this tier apply to and none matches. */
  readonly atEnd: "deny" | "pass";
  /** Which of two policies of the same order comes first: their names decide, or nobody knows. */
  readonly ties: "by-name" | "undefined";
}

export interface CompiledPolicy {
  readonly ref: PolicyRef;
  readonly source: KubeObject;
  readonly tier: Tier;
  /** Place within the tier, smaller first. */
  readonly order: number;
  /** Whether the policy selects a pod (that is not on the host's network). */
  selects(pod: PodEndpoint, surroundings: PolicySurroundings): Truth;
  /** What the kind's own text says of a pod on the host's network; undefined where it leaves that open. */
  readonly selectsHostNetwork?: false;
  /** Why the policy as a whole would be refused, so that nobody knows what is in force instead. */
  readonly refused?: string;
  readonly ingress?: PolicySection;
  readonly egress?: PolicySection;
}
