import { answered } from "../cluster/cluster.ts";
import { type Counters, difference, parseSnmp6, snmp6Form } from "../linux/counters.ts";
import { type ExecProbe, type Vantage, vantageName } from "../probing/probe.ts";
import { wellFormed } from "../probing/well-formed.ts";

/** Packet counters of a network namespace since boot, and what moved while the pods of the diagnosis dialled. */
export interface CountersWhileDialling {
  readonly total: Counters;
  readonly moved: Counters;
}

const path = "/proc/net/snmp6";
/** The counters that tell where packets die; the rest would only blow up the evidence. */
const telling =
  /^(Ip6(InReceives|InTooBigErrors|InNoRoutes|InAddrErrors|InDiscards|OutForwDatagrams|OutNoRoutes|OutDiscards|FragFails)|Icmp6(In|Out)(DestUnreachs|PktTooBigs|TimeExcds|NeighborSolicits|NeighborAdvertisements|RouterAdvertisements))$/;
const losses = /Errors$|NoRoutes$|Discards$|Fails$/;

export const probe: ExecProbe<{ readonly at: Vantage }, CountersWhileDialling> = {
  id: "counters",
  access: "exec",
  vantage: ({ at }) => at,
  always: (at) => ({ at }),
  asks: ({ at }) => `what the IPv6 counters of ${vantageName(at)} do while dialling`,
  types: () => ["cat", path],
  wants: () => [{ op: "moving", path }],
  read: (reading) => {
    const texts = reading.moving(path);
    if (!texts.ok) return texts;
    const read = (text: string) => wellFormed(path, answered(text), snmp6Form, parseSnmp6);
    const [before, after] = [read(texts.value.before), read(texts.value.after)];
    if (!before.ok) return before;
    if (!after.ok) return after;
    return answered({ total: only(after.value), moved: only(difference(before.value, after.value)) });
  },
  line: ({ moved }) => {
    // What died comes before what merely moved.
    const died = ([name]: [string, number]) => (losses.test(name) ? 0 : 1);
    const changes = Object.entries(moved)
      .sort((a, b) => died(a) - died(b))
      .map(([name, delta]) => `${name} +${delta}`);
    return changes.join(", ") || "no counter that tells anything moved";
  },
};

function only(counters: Counters): Counters {
  return Object.fromEntries(Object.entries(counters).filter(([name, value]) => telling.test(name) && value !== 0));
}
