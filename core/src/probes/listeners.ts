import { answered } from "../cluster/cluster.ts";
import { type ListeningSocket, parseListeners, socketsForm } from "../linux/tcp-sockets.ts";
import { type ExecProbe, type Vantage, vantageName } from "../probing/probe.ts";
import { wellFormed } from "../probing/well-formed.ts";

const paths = ["/proc/net/tcp", "/proc/net/tcp6"] as const;

/** What listens on TCP, in both families. */
export const probe: ExecProbe<{ readonly at: Vantage }, readonly ListeningSocket[]> = {
  id: "listeners",
  access: "exec",
  vantage: ({ at }) => at,
  always: (at) => (at.kind === "pod" ? { at } : undefined),
  asks: ({ at }) => `what listens on TCP in ${vantageName(at)}`,
  types: () => ["cat", ...paths],
  wants: () => paths.map((path) => ({ op: "file", path })),
  read: (reading) => {
    const [four, six] = paths.map((path) => wellFormed(path, reading.file(path), socketsForm, parseListeners));
    if (!four?.ok) return four ?? answered([]);
    // A kernel without IPv6 has no tcp6, and nothing in it; that nobody could read it is another thing.
    if (six && !six.ok && six.refusal.reason !== "absent") return six;
    return answered([...four.value, ...(six?.ok ? six.value : [])]);
  },
  line: (listeners) =>
    listeners.map(({ address, port }) => `${address.includes(":") ? `[${address}]` : address}:${port}`).join(", ") ||
    "nothing listens",
};
