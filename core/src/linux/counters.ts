import { type FileForm, lines, words } from "./lines.ts";

/** Counter name to value: `Ip6InAddrErrors`, `Icmp6OutPktTooBigs`, `TcpOutRsts` ... */
export type Counters = Readonly<Record<string, number>>;

/** Name and number; the kernel begins with this one (net/ipv6/proc.c). */
export const snmp6Form: FileForm = { first: /^Ip6InReceives\s+\d+$/, line: /^\w+\s+\d+$/ };

/** Parses `/proc/net/snmp6` and `/proc/net/dev_snmp6/*`: a name and a number a line. */
export function parseSnmp6(text: string): Counters {
  const pairs = lines(text).flatMap((line): [string, number][] => {
    const [name = "", value = ""] = words(line);
    return /^\d+$/.test(value) ? [[name, Number(value)]] : [];
  });
  return Object.fromEntries(pairs);
}

/** What moved between two readings, without the counters that stood still. */
export function difference(before: Counters, after: Counters): Counters {
  const moved = Object.entries(after).map(([name, value]): [string, number] => [name, value - (before[name] ?? 0)]);
  return Object.fromEntries(moved.filter(([, delta]) => delta !== 0));
}
