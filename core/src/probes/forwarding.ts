import { answered, refused } from "../cluster/cluster.ts";
import { parseSysctl } from "../linux/sysctl.ts";
import { type ExecProbe, vantageName } from "../probing/probe.ts";

const path = "/proc/sys/net/ipv6/conf/all/forwarding";

/** `net.ipv6.conf.all.forwarding` of a node: the one forwarding setting that counts for IPv6. */
export const probe: ExecProbe<{ readonly node: string }, number> = {
  id: "forwarding",
  access: "exec",
  vantage: ({ node }) => ({ kind: "node", node }),
  always: (at) => (at.kind === "node" ? { node: at.node } : undefined),
  asks: ({ node }) => `whether ${vantageName({ kind: "node", node })} forwards IPv6`,
  types: () => ["cat", path],
  wants: () => [{ op: "file", path }],
  read: (reading) => {
    const text = reading.file(path);
    if (!text.ok) return text;
    const value = parseSysctl(text.value);
    return value === undefined ? refused("failed", `${path} holds no number`) : answered(value);
  },
  line: (value) => `net.ipv6.conf.all.forwarding = ${value}`,
};
