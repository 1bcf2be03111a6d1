import { type Address, contains, formatAddress, formatPrefix, type Prefix, parsePrefix } from "../addresses/address.ts";
import { fromHex } from "./if-inet6.ts";
import { type FileForm, lines, words } from "./lines.ts";

/**
 * One line of `/proc/net/ipv6_route`; format: net/ipv6/route.c, flags: include/uapi/linux/ipv6_route.h and route.h.
 * The file holds every routing table without saying which, and no path MTU exceptions.
 */
export interface Route {
  /** `::/0` for a default route */
  readonly destination: string;
  /** undefined for a route to a directly connected link */
  readonly gateway: string | undefined;
  readonly device: string;
  readonly metric: number;
  /** blackhole, unreachable, prohibit or throw: the file does not say which */
  readonly reject: boolean;
  /** Learned from a router advertisement. */
  readonly advertised: boolean;
  readonly expires: boolean;
  /** An address of this machine itself, also an anycast one. */
  readonly local: boolean;
}

const UP = 0x1;
const GATEWAY = 0x2;
const REJECT = 0x200;
const ADDRCONF = 0x40000;
const EXPIRES = 0x400000;
const ANYCAST = 0x100000;
const LOCAL = 0x80000000;
const nullMetric = 0xffffffff;

/** Destination, source, next hop, four numbers, device. */
export const ipv6RouteForm: FileForm = {
  line: /^(?:[0-9a-f]{32} [0-9a-f]{2} ){2}[0-9a-f]{32}(?: [0-9a-f]{8}){4}\s+\S+$/i,
};

/** Parses `/proc/net/ipv6_route`. The kernel's own null entry (`::/0` on lo, metric ffffffff) is no route and left out. */
export function parseIpv6Route(text: string): Route[] {
  const routes = lines(text).flatMap((line): Route[] => {
    const [target = "", length = "", , , gateway = "", metric = "", , , flags = "", device] = words(line);
    if (!/^[0-9a-f]{32}$/i.test(target) || !/^[0-9a-f]{32}$/i.test(gateway) || !device) return [];
    const bits = Number.parseInt(flags, 16);
    const priority = Number.parseInt(metric, 16);
    // An entry that rejects is never marked as up.
    if (priority === nullMetric || (bits & (UP | REJECT)) === 0) return [];
    const address = { ...fromHex(target), leadingZeros: false };
    const prefix = { address, length: Number.parseInt(length, 16), leadingZeros: false };
    const route = {
      destination: formatPrefix(prefix),
      gateway: bits & GATEWAY ? formatAddress(fromHex(gateway)) : undefined,
      device,
      metric: priority,
      reject: (bits & REJECT) !== 0,
      advertised: (bits & ADDRCONF) !== 0,
      expires: (bits & EXPIRES) !== 0,
      // Bit 31 makes the number negative in a 32-bit comparison, hence the division.
      local: Math.floor(bits / LOCAL) % 2 === 1 || (bits & ANYCAST) !== 0,
    };
    return [route];
  });
  return routes.some(isOnLoopback) ? withDeadEnds(routes) : routes;
}

function isOnLoopback({ device, gateway, reject, local, destination }: Route): boolean {
  return device === "lo" && gateway === undefined && !reject && !local && destination !== "::/0";
}

/** A nexthop object of the kind blackhole (`ip nexthop`) shows as a way out by lo; so does the prefix of an address that is there. */
function withDeadEnds(routes: readonly Route[]): Route[] {
  const lengths = new Set(routes.filter(isOnLoopback).map(length));
  const key = (prefix: Prefix | undefined, bits: number) =>
    prefix && `${prefix.address.value >> BigInt(128 - bits)}/${bits}`;
  const held = new Set(
    routes.filter(({ local }) => local).flatMap((own) => [...lengths].map((bits) => key(prefixOf(own), bits))),
  );
  return routes.map((route) =>
    isOnLoopback(route) && !held.has(key(prefixOf(route), length(route))) ? { ...route, reject: true } : route,
  );
}

/** A usable way to everywhere: not a reject entry, not the null entry. */
export function hasDefault(routes: readonly Route[]): boolean {
  return routes.some((route) => route.destination === "::/0" && !route.reject);
}

/** The longest prefix that holds the address, the lowest metric among equals; multicast and local entries are skipped. */
export function routeTo(routes: readonly Route[], address: Address): Route | undefined {
  const matching = routes.filter((route) => !route.local && holds(route, address));
  return matching.sort((a, b) => length(b) - length(a) || a.metric - b.metric)[0];
}

function holds(route: Route, address: Address): boolean {
  const prefix = prefixOf(route);
  return prefix !== undefined && contains(prefix, address) && !route.destination.startsWith("ff00:");
}

function length(route: Route): number {
  return prefixOf(route)?.length ?? 0;
}

function prefixOf(route: Route): Prefix | undefined {
  return parsePrefix(route.destination);
}
