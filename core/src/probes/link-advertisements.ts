import { answered, refused } from "../cluster/cluster.ts";
import { parseSnmp6 } from "../linux/counters.ts";
import type { FileForm } from "../linux/lines.ts";
import type { ExecProbe } from "../probing/probe.ts";
import { wellFormed } from "../probing/well-formed.ts";

export interface OnLink {
  readonly node: string;
  readonly device: string;
}

const path = (device: string) => `/proc/net/dev_snmp6/${device}`;
/** The kernel counts types by their numbers here; 134 is the router advertisement (RFC 4861). */
const advertisement = "Icmp6InType134";
/** As for /proc/net/snmp6, behind the number of the interface. */
const form: FileForm = { first: /^ifIndex\s+\d+$/, line: /^\w+\s+\d+$/ };

/** How many router advertisements one interface of a node has heard since it was made: those of /proc/net/snmp6 are of all of them. */
export const probe: ExecProbe<OnLink, number> = {
  id: "link-advertisements",
  access: "exec",
  vantage: ({ node }) => ({ kind: "node", node }),
  asks: ({ node, device }) => `how many router advertisements ${device} of node ${node} has heard`,
  types: ({ device }) => ["cat", path(device)],
  wants: ({ device }) => [{ op: "file", path: path(device) }],
  read: (reading, { device }) => {
    // A name with a pattern in it would be another file.
    if (!/^[\w.@-]+$/.test(device)) return refused("failed", `${device} is no name that can be asked for`);
    const counters = wellFormed(path(device), reading.file(path(device)), form, parseSnmp6);
    return counters.ok ? answered(counters.value[advertisement] ?? 0) : counters;
  },
  line: (heard) => `${heard} since it was made`,
};
