import { answered, refused } from "../cluster/cluster.ts";
import { deviceOf, parseSysctl } from "../linux/sysctl.ts";
import { type ExecProbe, type Vantage, vantageName } from "../probing/probe.ts";

/** Of one interface, or of `all`. undefined: the kernel has no such setting there. */
export interface InterfaceSysctls {
  readonly disable_ipv6?: number;
  readonly accept_ra?: number;
  /** Says of one interface whether it is a router's there: what it takes of advertisements depends on it. */
  readonly forwarding?: number;
  /** Kernel 6.17 and newer: forwards although `all.forwarding` is 0. */
  readonly force_forwarding?: number;
}

const settings = ["disable_ipv6", "accept_ra", "force_forwarding", "forwarding"] as const;
const pattern = (setting: string) => `/proc/sys/net/ipv6/conf/*/${setting}`;

/** Which interfaces have IPv6 at all, and what they do with router advertisements; by interface. */
export const probe: ExecProbe<{ readonly at: Vantage }, Readonly<Record<string, InterfaceSysctls>>> = {
  id: "interface-sysctls",
  access: "exec",
  vantage: ({ at }) => at,
  always: (at) => ({ at }),
  asks: ({ at }) => `the IPv6 settings of the interfaces of ${vantageName(at)}`,
  types: () => ["sh", "-c", `grep . ${settings.slice(0, 2).map(pattern).join(" ")}`],
  wants: () => settings.map((setting) => ({ op: "file", path: pattern(setting) })),
  read: (reading) => {
    const byDevice: Record<string, Record<string, number>> = {};
    for (const setting of settings)
      for (const { path, text } of reading.files(pattern(setting))) {
        const value = parseSysctl(text);
        if (value !== undefined) byDevice[deviceOf(path)] = { ...byDevice[deviceOf(path)], [setting]: value };
      }
    return Object.keys(byDevice).length > 0
      ? answered(byDevice)
      : refused("no-command", "the container cannot list /proc/sys/net/ipv6/conf");
  },
  line: (devices) => {
    const shown = Object.keys(devices).filter((device) => device !== "default");
    return [...Map.groupBy(shown, (device) => settingsOf(devices[device])).values()]
      .map(
        (same) =>
          `${settingsOf(devices[same[0] ?? ""])} on ${same.slice(0, 8).join(", ")}${same.length > 8 ? " ..." : ""}`,
      )
      .join("; ");
  },
};

function settingsOf({ disable_ipv6, accept_ra }: InterfaceSysctls = {}): string {
  return `disable_ipv6 ${disable_ipv6 ?? "not shown"}, accept_ra ${accept_ra ?? "not shown"}`;
}
