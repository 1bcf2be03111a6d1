import { type DefaultRoute4, parseDefaultRoutes4, routeForm } from "../linux/ipv4-route.ts";
import { type ExecProbe, type Vantage, vantageName } from "../probing/probe.ts";
import { wellFormed } from "../probing/well-formed.ts";

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
  read: (reading) => wellFormed(path, reading.file(path), routeForm, parseDefaultRoutes4),
  line: (routes) =>
    routes.map(({ device, gateway }) => `default ${gateway ? `via ${gateway} ` : ""}dev ${device}`).join(", ") ||
    "no IPv4 default route",
};
