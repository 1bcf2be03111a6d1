import type { FrontKind } from "../probes/front.ts";

export interface PodRef {
  readonly namespace: string;
  readonly name: string;
}

/** A front door as the API tells of it: where it is reached, and whose load balancer that is. */
export interface Front extends PodRef {
  readonly what: FrontKind;
  readonly addresses: readonly string[];
  /** Of load balancers that are known by name alone. */
  readonly names?: readonly string[];
  readonly port: number;
  /** The Service that has these addresses in its status: that of the controller. */
  readonly door?: PodRef;
}

/** What a diagnosis tries to reach. Without a port, a port the target declares is taken. */
export type Target =
  | ({ readonly kind: "pod"; readonly port?: number } & PodRef)
  | ({ readonly kind: "service"; readonly port?: number } & PodRef)
  /** `NAMESPACE/NAME`: a pod if there is one, else a Service; the API decides. */
  | ({ readonly kind: "object"; readonly port?: number } & PodRef)
  | ({ readonly kind: "front"; readonly what: FrontKind; readonly port?: number } & PodRef)
  | { readonly kind: "node"; readonly name: string; readonly port?: number }
  | { readonly kind: "address"; readonly address: string; readonly port?: number }
  /** As it would stand in a pod's configuration: the pod's search list applies, unless it ends with a dot. */
  | { readonly kind: "name"; readonly name: string; readonly port?: number };

export interface AlsoFrom {
  /** The name of a node; true: one is chosen. */
  readonly node?: string | true;
  /** This machine. Its user said so: nothing is dialled from it else. */
  readonly here?: true;
  /** The API server, which this machine talks to anyway: the control for what it does not reach. */
  readonly server?: { readonly host: string; readonly port: number };
}

/** Both `from` and `to` absent: the whole cluster is surveyed through pods chosen from it. */
export interface Subject {
  readonly from?: PodRef;
  readonly to?: Target;
  /** The front door that was asked for; `to` is then what stands behind it. */
  readonly front?: Front;
  /** Where names without a namespace are at home, and all that is looked at where the whole cluster may not be. */
  readonly namespace?: string;
  /** The namespace was named for this, and is not just that of a context. */
  readonly namedNamespace?: true;
  /** Addresses outside the cluster that somebody agreed to see dialled on port 53; nothing else leaves it unasked. */
  readonly outside?: readonly string[];
  /** Where clients of a Service or of what is in front of it stand, dialled from besides the pods. */
  readonly alsoFrom?: AlsoFrom;
  /** How large packets may be is to be found out, though nothing hangs on a large one. */
  readonly sizes?: true;
  /** What was created to look from, in sentences. */
  readonly outposts?: readonly string[];
}

/** "pod default/web-1", "Service default/web", "node worker-1", "2001:db8::1" */
export function targetName(target: Target): string {
  switch (target.kind) {
    case "pod":
      return `pod ${target.namespace}/${target.name}`;
    case "service":
      return `Service ${target.namespace}/${target.name}`;
    case "front":
      return `${target.what} ${target.namespace}/${target.name}`;
    case "object":
      return `${target.namespace}/${target.name}`;
    case "node":
      return `node ${target.name}`;
    case "address":
      return target.address;
    case "name":
      return target.name;
  }
}
