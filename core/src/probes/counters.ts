import { answered } from "../cluster/cluster.ts";
import { type Counters, difference, parseSnmp6 } from "../linux/counters.ts";
import { type ExecProbe, type Vantage, vantageName } from "../probing/probe.ts";

/** Packet counters of a network namespace since boot, and what moved while the pods of the diagnosis dialled. */
export interface CountersWhileDialling {
  readonly total: Counters;
  readonly moved: Counters;
}

const path = "/proc/net/snmp6";
/** The counters that tell where packets die; the rest would only blow up the evidence. */
const telling =
  /^(Ip6(InReceives|InTooBigErrors|InNoRoutes|InAddrErrors|InDiscards|OutForwDatagrams|OutNoRoutes|OutDiscards|FragFails)|Icmp6(In|Out)(DestUnreachs|PktTooBigs|NeighborSolicits|NeighborAdvertisements|RouterAdvertisements))$/;

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
    const [before, after] = [parseSnmp6(texts.value.before), parseSnmp6(texts.value.after)];
    return answered({ total: only(after), moved: only(difference(before, after)) });
  },
  line: ({ moved }) => {
    const changes = Object.entries(moved).map(([name, delta]) => `${name} +${delta}`);
    return changes.join(", ") || "no counter that tells anything moved";
  },
};

function only(counters: Counters): Counters {
  return Object.fromEntries(Object.entries(counters).filter(([name, value]) => telling.test(name) && value !== 0));
}
