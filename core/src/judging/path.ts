import type { Family } from "../addresses/address.ts";

/** The stations of a packet, in the order it passes them; "first broken hop" is the first of them that fails. */
export const hopNames = [
  "dns",
  "service",
  "application socket",
  "pod address",
  "pod route",
  "host side",
  "node forwarding",
  "policy",
  "encapsulation or route",
  "underlay",
  "far node",
  "endpoint",
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
