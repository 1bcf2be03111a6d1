import { answered } from "../cluster/cluster.ts";
import { parseConnections, socketsForm, type TcpConnection } from "../linux/tcp-sockets.ts";
import { type ExecProbe, type Vantage, vantageName } from "../probing/probe.ts";
import { wellFormed } from "../probing/well-formed.ts";

const paths = ["/proc/net/tcp", "/proc/net/tcp6"] as const;

/** The TCP connections that stand at this moment, in both families. */
export const probe: ExecProbe<{ readonly at: Vantage }, readonly TcpConnection[]> = {
  id: "connections",
  access: "exec",
  vantage: ({ at }) => at,
  asks: ({ at }) => `the TCP connections of ${vantageName(at)}`,
  types: () => ["cat", ...paths],
  wants: () => paths.map((path) => ({ op: "file", path })),
  read: (reading) => {
    const [four, six] = paths.map((path) => wellFormed(path, reading.file(path), socketsForm, parseConnections));
    if (!four?.ok) return four ?? answered([]);
    // A kernel without IPv6 has no tcp6, and nothing in it; that nobody could read it is another thing.
    if (six && !six.ok && six.refusal.reason !== "absent") return six;
    return answered([...four.value, ...(six?.ok ? six.value : [])]);
  },
  line: (connections) => `${connections.length} established`,
};
