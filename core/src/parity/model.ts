/** What a comparison of the families is told, and what it finds. */
import type { Family } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import type { Direction, PodEndpoint, PolicyEndpoint } from "../policy/model.ts";
import type { Divergence } from "./divergence.ts";
import type { ParityEdit } from "./edit.ts";
import type { Counterpart } from "./places.ts";
import type { Ruled } from "./ruling.ts";
import type { ParitySubject } from "./subjects.ts";
import type { Traffic } from "./traffic.ts";

/** What `.kube-ipv6.yaml` says. */
export interface ParitySettings {
  readonly counterparts: readonly Counterpart[];
  readonly intended: readonly Intended[];
}

/** Differences that somebody wants: those whose rule stands in such a policy. */
export interface Intended {
  /** `NetworkPolicy shop/web`; `*` stands for any text without a slash. */
  readonly policy: string;
  /** Only those that leave this family open. */
  readonly open?: Family;
  readonly reason: string;
}

/** The two ends that stand for a peer, one for each family. */
export interface Peer {
  /** `the Internet`, `Deployment shop/db`, `node a`. */
  readonly text: string;
  readonly kind: "outside" | "pod" | "node";
  readonly IPv4: PolicyEndpoint;
  readonly IPv6: PolicyEndpoint;
  /** The pods that it stands for. */
  readonly pods?: readonly PodEndpoint[];
}

/** One subject and one peer that the families fare differently with. */
export interface Instance {
  readonly subject: ParitySubject;
  /** One of its pods, not the peer itself. */
  readonly pod: PodEndpoint;
  readonly peer: Peer;
  /** The kinds of traffic of which one family is let through alone. */
  readonly traffic: readonly Traffic[];
  readonly ruled: Readonly<Record<Family, Ruled>>;
}

/** Everything that differs for one reason. */
export interface Difference {
  readonly direction: Direction;
  /** The family that is let through; the other one is not. */
  readonly open: Family;
  readonly divergence: Divergence;
  readonly source: KubeObject | undefined;
  readonly instances: readonly Instance[];
  readonly edit?: ParityEdit;
}

export interface Parity {
  readonly differences: readonly Difference[];
  /** Why some verdicts are not known; `addresses` if it is only that pods of files have none yet. */
  readonly unjudged: readonly { readonly because: string; readonly addresses: boolean; readonly count: number }[];
  readonly pods: number;
  readonly policies: number;
  /** Pods of one family, which nothing can differ for. */
  readonly singleStack: number;
}
