import { ipv6RouteForm, parseIpv6Route, type Route } from "../linux/ipv6-route.ts";
import { type ExecProbe, type Vantage, vantageName } from "../probing/probe.ts";
import { wellFormed } from "../probing/well-formed.ts";

const path = "/proc/net/ipv6_route";

/** The IPv6 routes of a network namespace, without its own addresses and multicast. */
export const probe: ExecProbe<{ readonly at: Vantage }, readonly Route[]> = {
  id: "routes",
  access: "exec",
  vantage: ({ at }) => at,
  always: (at) => ({ at }),
  asks: ({ at }) => `the IPv6 routes of ${vantageName(at)}`,
  types: () => ["cat", path],
  wants: () => [{ op: "file", path }],
  read: (reading) => wellFormed(path, reading.file(path), ipv6RouteForm, foreignRoutes),
  line: (routes) => {
    const shownRoutes = routes.filter(({ destination }) => !destination.startsWith("fe80:"));
    return shownRoutes.slice(0, 8).map(shown).join(", ") + (shownRoutes.length > 8 ? " ..." : "") || "no IPv6 route";
  },
};

function foreignRoutes(text: string): Route[] {
  return parseIpv6Route(text).filter((route) => !route.local && !multicast(route));
}

function multicast({ destination }: Route): boolean {
  return destination.startsWith("ff00:");
}

function shown({ destination, gateway, device, reject, advertised }: Route): string {
  const how = reject ? "rejected" : `${gateway ? `via ${gateway} ` : ""}dev ${device}`;
  return `${destination === "::/0" ? "default" : destination} ${how}${advertised ? " (from a router advertisement)" : ""}`;
}
