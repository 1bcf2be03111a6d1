import { type Family, parseAddress } from "../addresses/address.ts";
import type { Answer } from "../cluster/cluster.ts";
import { routeTo } from "../linux/ipv6-route.ts";
import { probe as defaultRoutes4 } from "../probes/default-routes4.ts";
import { probe as links } from "../probes/links.ts";
import { probe as routes } from "../probes/routes.ts";
import { type Asking, tryAsk, type Vantage } from "../probing/probe.ts";

/** An interface and its MTU in bytes. */
export interface Link {
  readonly device: string;
  readonly mtu: number;
}

/**
 * The interface by which packets to an address leave. Of IPv4 only default routes are read: another route may lead elsewhere, so that
 * there the widest of several is not taken for it.
 */
export function* interfaceTo(at: Vantage, family: Family, host: string): Asking<Answer<Link | undefined>> {
  const seen = yield* tryAsk(links, { at });
  if (!seen.ok) return seen;
  const device = family === "IPv6" ? yield* byRoute6(at, host) : yield* byDefault4(at);
  const real = Object.entries(seen.value).filter(([name]) => name !== "lo");
  const named = real.find(([name]) => name === device) ?? (real.length === 1 ? real[0] : undefined);
  return { ok: true, value: named && { device: named[0], mtu: named[1] } };
}

function* byRoute6(at: Vantage, host: string): Asking<string | undefined> {
  const table = yield* tryAsk(routes, { at });
  const address = parseAddress(host);
  return table.ok && address ? routeTo(table.value, address)?.device : undefined;
}

function* byDefault4(at: Vantage): Asking<string | undefined> {
  const table = yield* tryAsk(defaultRoutes4, { at });
  return table.ok ? table.value[0]?.device : undefined;
}
