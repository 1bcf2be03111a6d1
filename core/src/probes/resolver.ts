import { answered } from "../cluster/cluster.ts";
import { parseResolvConf, type ResolvConf } from "../linux/resolv-conf.ts";
import { type ExecProbe, type Vantage, vantageName } from "../probing/probe.ts";

const path = "/etc/resolv.conf";

/** The DNS servers a pod was given. */
export const probe: ExecProbe<{ readonly at: Vantage }, ResolvConf> = {
  id: "resolver",
  access: "exec",
  vantage: ({ at }) => at,
  always: (at) => (at.kind === "pod" ? { at } : undefined),
  asks: ({ at }) => `the DNS servers of ${vantageName(at)}`,
  types: () => ["cat", path],
  wants: () => [{ op: "file", path }],
  read: (reading) => {
    const text = reading.file(path);
    return text.ok ? answered(parseResolvConf(text.value)) : text;
  },
  line: ({ nameservers }) => `nameserver ${nameservers.join(", ") || "none"}`,
};
