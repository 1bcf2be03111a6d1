import { answered } from "../cluster/cluster.ts";
import { parseConnections, type TcpConnection } from "../linux/tcp-sockets.ts";
import { type ExecProbe, type Vantage, vantageName } from "../probing/probe.ts";

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
    const [four, six] = paths.map((path) => reading.file(path));
    if (!four?.ok) return four ?? answered([]);
    return answered([...parseConnections(four.value), ...(six?.ok ? parseConnections(six.value) : [])]);
  },
  line: (connections) => `${connections.length} established`,
};
