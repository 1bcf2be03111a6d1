import { answered } from "../cluster/cluster.ts";
import { type DefaultRoute4, parseDefaultRoutes4 } from "../linux/ipv4-route.ts";
import { type ExecProbe, type Vantage, vantageName } from "../probing/probe.ts";

const path = "/proc/net/route";

/** The IPv4 default routes of a pod: with one it can speak IPv4, whatever `status.podIPs` lists. */
export const probe: ExecProbe<{ readonly at: Vantage }, readonly DefaultRoute4[]> = {
  id: "default-routes4",
  access: "exec",
  vantage: ({ at }) => at,
  always: (at) => (at.kind === "pod" ? { at } : undefined),
  asks: ({ at }) => `the IPv4 default routes of ${vantageName(at)}`,
  types: () => ["cat", path],
  wants: () => [{ op: "file", path }],
  read: (reading) => {
    const text = reading.file(path);
    return text.ok ? answered(parseDefaultRoutes4(text.value)) : text;
  },
  line: (routes) =>
    routes.map(({ device, gateway }) => `default ${gateway ? `via ${gateway} ` : ""}dev ${device}`).join(", ") ||
    "no IPv4 default route",
};
