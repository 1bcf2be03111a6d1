import { answered, refused } from "../cluster/cluster.ts";
import { deviceOf, parseSysctl } from "../linux/sysctl.ts";
import { type ExecProbe, type Vantage, vantageName } from "../probing/probe.ts";

const pattern = "/proc/sys/net/ipv6/conf/*/hop_limit";

/** Hops that what a network sends may take, by interface, unless a route or a program says otherwise. */
export const probe: ExecProbe<{ readonly at: Vantage }, Readonly<Record<string, number>>> = {
  id: "hop-limits",
  access: "exec",
  vantage: ({ at }) => at,
  onFailure: (at) => ({ at }),
  asks: ({ at }) => `the IPv6 hop limits of ${vantageName(at)}`,
  types: () => ["sh", "-c", `grep . ${pattern}`],
  wants: () => [{ op: "file", path: pattern }],
  read: (reading) => {
    const limits = reading.files(pattern).flatMap(({ path, text }): [string, number][] => {
      const value = parseSysctl(text);
      return value === undefined ? [] : [[deviceOf(path), value]];
    });
    return limits.length > 0
      ? answered(Object.fromEntries(limits))
      : refused("no-command", "the container cannot read /proc/sys/net/ipv6/conf");
  },
  line: (limits) =>
    Object.entries(limits)
      .map(([device, limit]) => `${device} ${limit}`)
      .join(", "),
};
