import { answered, refused } from "../cluster/cluster.ts";
import { deviceOf, parseSysctl } from "../linux/sysctl.ts";
import { type ExecProbe, type Vantage, vantageName } from "../probing/probe.ts";

const pattern = "/sys/class/net/*/mtu";

/** Every interface and its MTU in bytes. */
export const probe: ExecProbe<{ readonly at: Vantage }, Readonly<Record<string, number>>> = {
  id: "links",
  access: "exec",
  vantage: ({ at }) => at,
  always: (at) => ({ at }),
  asks: ({ at }) => `the interfaces of ${vantageName(at)} and their MTU`,
  types: () => ["sh", "-c", `grep . ${pattern}`],
  wants: () => [{ op: "file", path: pattern }],
  read: (reading) => {
    const mtus = reading.files(pattern).flatMap(({ path, text }): [string, number][] => {
      const mtu = parseSysctl(text);
      return mtu === undefined ? [] : [[deviceOf(path), mtu]];
    });
    return mtus.length > 0
      ? answered(Object.fromEntries(mtus))
      : refused("no-command", "the container cannot list /sys/class/net");
  },
  line: (links) =>
    Object.entries(links)
      .map(([device, mtu]) => `${device} ${mtu}`)
      .join(", "),
};
