import { answered } from "../cluster/cluster.ts";
import { type HostEntry, parseHosts } from "../linux/hosts.ts";
import { type ExecProbe, type Vantage, vantageName } from "../probing/probe.ts";

const path = "/etc/hosts";

/** The names a pod knows without asking any server. */
export const probe: ExecProbe<{ readonly at: Vantage }, readonly HostEntry[]> = {
  id: "hosts",
  access: "exec",
  vantage: ({ at }) => at,
  asks: ({ at }) => `the names that ${vantageName(at)} knows by itself`,
  types: () => ["cat", path],
  wants: () => [{ op: "file", path }],
  read: (reading) => {
    const text = reading.file(path);
    return text.ok ? answered(parseHosts(text.value)) : text;
  },
  line: (entries) => `${entries.length} addresses: ${entries.flatMap(({ names }) => names).join(", ")}`,
};
