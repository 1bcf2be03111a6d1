import { answered } from "../cluster/cluster.ts";
import { parseSysctl } from "../linux/sysctl.ts";
import { type ExecProbe, vantageName } from "../probing/probe.ts";

/** How a node treats what passes its bridges. */
export interface Bridge {
  /** Whether rules see IPv6 packets between two ports of one bridge; undefined: the module br_netfilter is not loaded, so they do not. */
  readonly callsIp6tables?: number;
  /** By port: whether a packet may leave by the port it came from. Empty where no device is a port of a bridge. */
  readonly hairpin: Readonly<Record<string, number>>;
}

const calls = "/proc/sys/net/bridge/bridge-nf-call-ip6tables";
const hairpin = "/sys/class/net/*/brport/hairpin_mode";

export const probe: ExecProbe<{ readonly node: string }, Bridge> = {
  id: "bridge",
  access: "exec",
  vantage: ({ node }) => ({ kind: "node", node }),
  always: (at) => (at.kind === "node" ? { node: at.node } : undefined),
  asks: ({ node }) => `how ${vantageName({ kind: "node", node })} treats what passes its bridges`,
  types: () => ["sh", "-c", `grep . ${calls} ${hairpin}`],
  wants: () => [
    { op: "file", path: calls },
    { op: "file", path: hairpin },
  ],
  read: (reading) => {
    const text = reading.file(calls);
    // That nobody could read it is no absence.
    if (!text.ok && text.refusal.reason !== "absent") return text;
    const value = text.ok ? parseSysctl(text.value) : undefined;
    const ports = reading.files(hairpin).flatMap(({ path, text: mode }): [string, number][] => {
      const parsed = parseSysctl(mode);
      return parsed === undefined ? [] : [[path.split("/")[4] ?? "", parsed]];
    });
    return answered({ ...(value === undefined ? {} : { callsIp6tables: value }), hairpin: Object.fromEntries(ports) });
  },
  line: ({ callsIp6tables, hairpin: ports }) => {
    const on = Object.values(ports).filter((mode) => mode === 1).length;
    return `bridge-nf-call-ip6tables ${callsIp6tables ?? "does not exist (br_netfilter is not loaded)"}; hairpin mode on ${on} of ${Object.keys(ports).length} ports`;
  },
};
