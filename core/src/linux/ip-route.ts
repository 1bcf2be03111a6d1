import { type Address, contains, parseAddress, parsePrefix } from "../addresses/address.ts";
import { lines } from "./lines.ts";

/** What a route does that sends nothing on, see {@link https://man7.org/linux/man-pages/man8/ip-route.8.html}. */
export type RejectKind = "blackhole" | "unreachable" | "prohibit";

/** Where the kernel sends a packet, as `ip -6 route get` prints it, or how it rejects it. */
export interface RouteChoice {
  /** "no route": none matches. */
  readonly rejects?: RejectKind | "no route";
  readonly gateway?: string;
  readonly device?: string;
  /** undefined: main */
  readonly table?: string;
  /** Hops that what the machine itself sends there may take, where the route says so. */
  readonly hopLimit?: number;
  /** It was learned from a router advertisement. */
  readonly advertised?: true;
}

/** The kernel's answers to a question for a route, by errno: `fib6_config.fc_type` in net/ipv6/route.c. */
const refusals: readonly (readonly [RegExp, NonNullable<RouteChoice["rejects"]>])[] = [
  [/^(?:ip: )?RTNETLINK answers: Invalid argument$/m, "blackhole"],
  [/^(?:ip: )?RTNETLINK answers: No route to host$/m, "unreachable"],
  [/^(?:ip: )?RTNETLINK answers: Permission denied$/m, "prohibit"],
  [/^(?:ip: )?RTNETLINK answers: Network is unreachable$/m, "no route"],
];

/** Parses what `ip -6 route get` prints of one address; undefined if it is no answer to that. */
export function parseRouteGet(text: string, destination: string): RouteChoice | undefined {
  const refusal = refusals.find(([pattern]) => pattern.test(text));
  if (refusal) return { rejects: refusal[1] };
  const [line = ""] = lines(text);
  const [first = "", second = ""] = line.trim().split(/\s+/);
  const kind = asReject(first);
  if (parseAddress(kind ? second : first)?.value !== parseAddress(destination)?.value) return undefined;
  if (kind) return { rejects: kind };
  const value = (word: string) => new RegExp(` ${word} (\\S+)`).exec(line)?.[1];
  const [gateway, device, table] = [value("via"), value("dev"), value("table")];
  const limit = Number(value("hoplimit") ?? Number.NaN);
  return {
    ...(gateway === undefined ? {} : { gateway }),
    ...(device === undefined ? {} : { device }),
    ...(table === undefined || table === "main" ? {} : { table }),
    ...(Number.isInteger(limit) ? { hopLimit: limit } : {}),
    ...(value("proto") === "ra" ? { advertised: true } : {}),
  };
}

/** A line of `ip -6 route show table NAME`. */
export interface TableRoute {
  /** `::/0` for a default route */
  readonly destination: string;
  /** `throw` lets the next rule decide. */
  readonly kind: RejectKind | "throw" | "unicast";
  readonly text: string;
}

/** Parses it. A table that nobody ever wrote to is empty; busybox leaves out what rejects. undefined for what is no list of routes. */
export function parseRouteTable(text: string): readonly TableRoute[] | undefined {
  if (/FIB table does not exist/.test(text)) return [];
  const found = lines(text)
    .filter((line) => !/^\s/.test(line))
    .map(asTableRoute);
  return found.every((route) => route !== undefined) ? found : undefined;
}

function asTableRoute(line: string): TableRoute | undefined {
  const [first = "", second = ""] = line.split(/\s+/);
  const kind = first === "throw" ? first : asReject(first);
  const destination = prefixed(kind ? second : first);
  return destination === undefined ? undefined : { destination, kind: kind ?? "unicast", text: line.trim() };
}

function prefixed(text: string): string | undefined {
  if (text === "default") return "::/0";
  const whole = text.includes("/") ? text : `${text}/128`;
  return parsePrefix(whole) ? whole : undefined;
}

function asReject(word: string): RejectKind | undefined {
  return word === "blackhole" || word === "unreachable" || word === "prohibit" ? word : undefined;
}

/** The longest prefix of a table that holds the address. */
export function tableRouteTo(table: readonly TableRoute[], address: Address): TableRoute | undefined {
  return table
    .flatMap((route) => {
      const prefix = parsePrefix(route.destination);
      return prefix && contains(prefix, address) ? [{ route, length: prefix.length }] : [];
    })
    .sort((a, b) => b.length - a.length)[0]?.route;
}
