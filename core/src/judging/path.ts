import type { Family } from "../addresses/address.ts";
import type { Answer } from "../cluster/cluster.ts";
import type { Question } from "../probing/probe.ts";

/** The stations of a packet, in the order they are passed, and behind them who programs those of the nodes. */
export const hopNames = [
  "application socket",
  "pod address",
  "pod route",
  "host side",
  "node forwarding",
  "policy",
  "encapsulation or route",
  "underlay",
  "far node",
  "Service rules",
  "endpoints",
  "network agent",
  "DNS",
] as const;
export type HopName = (typeof hopNames)[number];

/** One station of the way of one dial, in one family. */
export interface Hop {
  /** Id of the symptom whose way it is. */
  readonly symptom: string;
  readonly hop: HopName;
  /** "pod default/a", "node n1", "between node n1 and node n2" */
  readonly where: string;
  readonly family: Family;
  readonly state: "works" | "fails" | "not looked";
  /** What said so, or why nobody looked. */
  readonly because: string;
}

/** What one station came to. */
export type PathStation = Pick<Hop, "hop" | "where" | "state" | "because">;

/** The answer to a question, if it was asked. */
export type Known = <V>(asked: Question<V>) => Answer<V> | undefined;
