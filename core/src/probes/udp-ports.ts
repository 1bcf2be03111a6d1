import type { Family } from "../addresses/address.ts";
import { answered } from "../cluster/cluster.ts";
import { socketsForm } from "../linux/tcp-sockets.ts";
import { parseUdpPorts } from "../linux/udp-sockets.ts";
import type { ExecProbe } from "../probing/probe.ts";
import { wellFormed } from "../probing/well-formed.ts";

export interface UdpOfNode {
  readonly node: string;
  /** Of the packets; a socket of IPv6 that takes both is listed there alone. */
  readonly family: Family;
}

const path = (family: Family) => (family === "IPv6" ? "/proc/net/udp6" : "/proc/net/udp");

/** Which UDP ports are open on a node: a tunnel's is, as long as its device is up. */
export const probe: ExecProbe<UdpOfNode, readonly number[]> = {
  id: "udp-ports",
  access: "exec",
  vantage: ({ node }) => ({ kind: "node", node }),
  // The tunnels of a cluster that has IPv6 are looked at before anybody knows that they fail: it costs no exec of its own.
  always: (at) => (at.kind === "node" ? { node: at.node, family: "IPv6" } : undefined),
  asks: ({ node, family }) => `the UDP ports that are open on node ${node} over ${family}`,
  types: ({ family }) => ["cat", path(family)],
  wants: ({ family }) => [{ op: "file", path: path(family) }],
  read: (reading, { family }) => {
    const ports = wellFormed(path(family), reading.file(path(family)), socketsForm, parseUdpPorts);
    return ports.ok ? answered(ports.value) : ports;
  },
  line: (ports) => ports.join(", ") || "none",
};
