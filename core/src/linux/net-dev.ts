import { lines } from "./lines.ts";

export interface LinkCounters {
  readonly receivedPackets: number;
  readonly receivedDropped: number;
  readonly sentPackets: number;
  readonly sentDropped: number;
}

/** Parses `/proc/net/dev` (net/core/net-procfs.c): device name to its packet counters. */
export function parseNetDev(text: string): Readonly<Record<string, LinkCounters>> {
  const rows = lines(text).flatMap((line): [string, LinkCounters][] => {
    const row = /^\s*([^:\s]+):(.*)$/.exec(line);
    const numbers = (row?.[2] ?? "").trim().split(/\s+/).map(Number);
    if (!row?.[1] || numbers.length < 16 || numbers.some(Number.isNaN)) return [];
    const [, received = 0, , receivedDropped = 0, , , , , , sent = 0, , sentDropped = 0] = numbers;
    return [[row[1], { receivedPackets: received, receivedDropped, sentPackets: sent, sentDropped }]];
  });
  return Object.fromEntries(rows);
}
