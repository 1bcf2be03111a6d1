import type { Family } from "../addresses/address.ts";
import type { KubeObject, Refusal } from "../cluster/cluster.ts";
import type { Container } from "../probing/containers.ts";
import type { Question, Vantage } from "../probing/probe.ts";
import type { Target } from "./subject.ts";

/** A pod of the diagnosis with what the API says of it. */
export interface ScenePod {
  readonly namespace: string;
  readonly name: string;
  readonly node: string;
  readonly hostNetwork: boolean;
  readonly ips: Readonly<Partial<Record<Family, string>>>;
  readonly object: KubeObject;
}

export interface SceneNode {
  readonly name: string;
  readonly internalIPs: readonly string[];
  readonly podCIDRs: readonly string[];
  readonly object: KubeObject;
}

export interface SceneService {
  readonly namespace: string;
  readonly name: string;
  readonly object: KubeObject;
}

/** Where a flow goes, by how a packet gets there: what can break differs. */
export type FlowScope =
  | "same-node"
  | "other-node"
  | "own-node"
  | "node"
  | "service"
  | "node-port"
  | "load-balancer"
  | "outside"
  | "dns";

/** One connection worth trying in one family. */
export interface Flow {
  readonly id: string;
  readonly from: ScenePod;
  readonly to: string;
  readonly target: Target;
  readonly toPod?: ScenePod;
  readonly service?: SceneService;
  /** "Service shop/web", where the target is one of its pods. */
  readonly behind?: string;
  /** "Ingress shop/web", where the address is its; `service` is then that of its controller. */
  readonly front?: string;
  readonly family: Family;
  readonly scope: FlowScope;
  /** undefined if the target has no address of the family; then there is nothing to dial */
  readonly host: string | undefined;
  readonly port: number;
  /** Seconds after which silence is believed for a first opinion; undefined: only the full patience counts. */
  readonly haste?: number;
  /** Seconds it is waited for, where that is more than for the others. */
  readonly patience?: number;
  /** What came of it the first time was in doubt. */
  readonly again?: true;
  /** Somebody should be listening there: a refused connection is a failure, not a proof that the path works. */
  readonly expectListener: boolean;
  /** The user named this very target, or the subject is about it; else it stands for something. */
  readonly asked: boolean;
  /** The port speaks HTTP by its name, so a request may be sent to it. */
  readonly http: boolean;
}

/** A name that should have addresses. */
export interface Name {
  readonly from: ScenePod;
  readonly name: string;
  readonly type: "A" | "AAAA";
  readonly server: string;
  /** The Service behind the name. */
  readonly service?: SceneService;
  /** As for a flow. */
  readonly haste?: number;
  /** The user named it, so that it has to resolve. */
  readonly asked?: true;
  /** Only asked to see whether the server answers; what it answers does not matter. */
  readonly justReach?: boolean;
}

/** The subject resolved against the API: everything a cause may want to know where to look. */
export interface Scene {
  readonly pods: readonly ScenePod[];
  readonly nodes: readonly SceneNode[];
  /** Every node of the cluster, whether looked into or not. */
  readonly allNodes: readonly SceneNode[];
  readonly services: readonly SceneService[];
  /** Questions about Services that were not answered, so that there may be more of them. */
  readonly unlisted?: readonly Question[];
  readonly flows: readonly Flow[];
  /** The way back from pods that are dialled to the source: large packets may vanish in one direction only. */
  readonly returns: readonly Flow[];
  readonly names: readonly Name[];
  /** Another pod on the target's node: whether it is reached tells on which side of that node to look first. No symptom. */
  readonly witness?: Flow;
  /** What was chosen for the user, and why, in sentences. */
  readonly chosen: readonly string[];
  /** The running containers that stand in the network of a vantage. */
  containers(vantage: Vantage): readonly Container[];
  /** Why there is none, where the API says more. */
  nobody(vantage: Vantage): Refusal | undefined;
  /** What is asked of a vantage once anything is asked of it: reading it all costs one round trip. */
  standing(vantage: Vantage): readonly Question[];
  /** Vantages in the order they are looked at; those of one group at the same time. */
  readonly order: readonly (readonly Vantage[])[];
}

/** Whether a Service's selector matches a pod. */
export function selectsPod(service: KubeObject, pod: ScenePod): boolean {
  const selector = Object.entries((service.spec?.selector ?? {}) as Record<string, string>);
  if (selector.length === 0 || service.metadata.namespace !== pod.namespace) return false;
  return selector.every(([key, value]) => pod.object.metadata.labels?.[key] === value);
}
