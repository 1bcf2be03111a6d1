import { answered } from "../cluster/cluster.ts";
import { type Counters, difference, parseSnmp6 } from "../linux/counters.ts";
import { type ExecProbe, type Vantage, vantageName } from "../probing/probe.ts";
import { type MovingRules, movingRules } from "./ip6tables.ts";

export interface InsideFilterArgs {
  readonly at: Vantage;
  /** How long it is watched. */
  readonly seconds: number;
  /** Asked at the same moment as the dial it watches. */
  readonly together: string;
}

/** What a pod's own network does with packets that come meanwhile. */
export interface InsideFilter {
  /** undefined: who may not administrate the network, or has no program for it, sees no rules. */
  readonly rules?: MovingRules;
  /** Packets for the pod itself that it received, and did not hand to TCP, UDP or ICMPv6: that many at the least. */
  readonly undelivered?: number;
}

const path = "/proc/net/snmp6";

/** Rules and counters inside of a pod, while somebody dials it. */
export const probe: ExecProbe<InsideFilterArgs, InsideFilter> = {
  id: "inside-filter",
  access: "exec",
  vantage: ({ at }) => at,
  asks: ({ at }) => `what ${vantageName(at)} itself does with what comes to it`,
  types: () => ["ip6tables-save", "-c"],
  wants: ({ seconds }) => [{ op: "ip6tables" }, { op: "moving", path }, { op: "hold", seconds }],
  read: (reading) => {
    const [rules, counters] = [reading.ip6tables(), reading.moving(path)];
    if (!rules.ok && !counters.ok) return counters;
    return answered({
      ...(rules.ok ? { rules: movingRules(rules.value) } : {}),
      ...(counters.ok
        ? { undelivered: undelivered(difference(parseSnmp6(counters.value.before), parseSnmp6(counters.value.after))) }
        : {}),
    });
  },
  line: ({ rules, undelivered: lost }) =>
    [
      lost === undefined ? undefined : `${lost} packets came to it and were not delivered in it`,
      rules === undefined ? "its rules could not be read" : `${rules.rules.length} rules of ip6tables`,
    ]
      .filter(Boolean)
      .join("; "),
};

/** Multicast that nobody joined is received and not delivered as well; the others have reasons of their own. */
const elsewhere = [
  "InMcastPkts",
  "OutForwDatagrams",
  "InDelivers",
  "InHdrErrors",
  "InAddrErrors",
  "InNoRoutes",
  "InDiscards",
];

function undelivered(moved: Counters): number {
  const known = elsewhere.reduce((sum, name) => sum + (moved[`Ip6${name}`] ?? 0), 0);
  return Math.max(0, (moved.Ip6InReceives ?? 0) - known);
}
