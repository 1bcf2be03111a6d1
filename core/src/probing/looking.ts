import type { AbortSignalLike, Access, Refusal } from "../cluster/cluster.ts";
import type { Container } from "./containers.ts";
import type { Here } from "./here.ts";
import type { Vantage } from "./probe.ts";

/** How an exec is held open while others go on. */
export interface Hold {
  readonly until: PromiseLike<unknown>;
  /** Called once everything before the hold is done. */
  holding(): void;
}

/** What an exec that sends packets waits for, when it has read its files: others are to watch them. */
export interface WithinHold {
  readonly after: PromiseLike<unknown>;
}

export interface LookerOptions {
  /** Nothing above this level is asked. */
  readonly access: Access;
  readonly signal?: AbortSignalLike;
  /** The running containers that stand in the network of a vantage, the best first. */
  containers(vantage: Vantage): readonly Container[];
  /** Why there is none, where somebody knows. */
  nobody?(vantage: Vantage): Refusal | undefined;
  /** This machine, where its user said that it may be asked. */
  readonly here?: Here;
  onAsking?(asking: string, vantage: string): void;
}
