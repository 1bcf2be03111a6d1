import type { Family } from "../addresses/address.ts";
import type { RingListener } from "./plan.ts";

/** What came of a dial that was made; `other`: somebody connected who did not say the name of that pod. */
export type DialOutcome = "ok" | "refused" | "timeout" | "unreachable" | "other";

/** One dial over one family from a pod on a node to a pod on another. */
export interface RingDial {
  readonly from: string;
  readonly to: string;
  readonly family: Family;
  readonly outcome: DialOutcome;
  /** 1, or 2 where the first try had no answer. */
  readonly tries: number;
}

/** What the log of a dialler says so far. */
export interface DiallerLog {
  readonly dials: readonly RingDial[];
  /** It has made all of its dials. */
  readonly ended: boolean;
  /** Its image has nothing to dial with. */
  readonly unable: boolean;
}

const line = /^d (\d{1,5}) ([46]) (ok|refused|timeout|unreachable|other) ([12])$/;

/** Reads a log; a line that is none of ours, or about nobody it was told of, is left out. `families`: those the dialler has an address of. */
export function readDiallerLog(
  log: string,
  from: string,
  listeners: readonly RingListener[],
  families: readonly Family[],
): DiallerLog {
  const lines = log.slice(0, 100_000).split("\n");
  const dials = lines.flatMap((text): RingDial[] => {
    const [, index, four, outcome, tries] = line.exec(text) ?? [];
    const to = listeners[Number(index)]?.node;
    const family = four === "4" ? "IPv4" : "IPv6";
    if (index === undefined || to === undefined || to === from || !families.includes(family)) return [];
    return [{ from, to, family, outcome: outcome as DialOutcome, tries: Number(tries) }];
  });
  return { dials, ended: lines.includes("end"), unable: lines.includes("none") };
}
