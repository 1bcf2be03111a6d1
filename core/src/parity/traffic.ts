/** The kinds of traffic that rules tell apart. */
import type { Family } from "../addresses/address.ts";
import type { Clause, PodEndpoint, PortBounds, Protocol } from "../policy/model.ts";

/** Ports of one protocol that no rule parts, or a ping: ICMP echo in IPv4, ICMPv6 echo in IPv6. */
export interface Traffic {
  readonly protocol: "TCP" | "UDP" | "SCTP" | "ping";
  readonly first: number;
  readonly last: number;
}

const protocols = ["TCP", "UDP", "SCTP"] as const;

/** All of it: each protocol from port 1 to 65535, and pings. `named` are the ports that a name may stand for. */
export function trafficOf(clauses: readonly Clause[], named: readonly number[]): readonly Traffic[] {
  const bounds = clauses.flatMap(({ ports }) => ports ?? []);
  const ports = protocols.flatMap((protocol) => intervals(protocol, bounds, named));
  return [...ports, { protocol: "ping", first: 0, last: 0 }];
}

function intervals(
  protocol: "TCP" | "UDP" | "SCTP",
  bounds: readonly PortBounds[],
  named: readonly number[],
): Traffic[] {
  const starts = new Set([1]);
  const cutAt = (first: number, last: number) => {
    for (const start of [first, last + 1]) if (start > 1 && start <= 65535) starts.add(start);
  };
  for (const { protocols: own, first, last, name } of bounds) {
    if (!own.includes(protocol)) continue;
    if (first !== undefined) cutAt(first, last ?? first);
    if (name !== undefined) for (const port of named) cutAt(port, port);
  }
  const sorted = [...starts].sort((a, b) => a - b);
  return sorted.map((first, index) => ({ protocol, first, last: (sorted[index + 1] ?? 65536) - 1 }));
}

/** The ports that a pod gives names to, of these names. */
export function namedPorts(pods: readonly PodEndpoint[], names: ReadonlySet<string>): readonly number[] {
  if (names.size === 0) return [];
  const found = pods.flatMap(({ containerPorts = [] }) =>
    containerPorts
      .filter(({ name }) => name !== undefined && names.has(name))
      .map(({ containerPort }) => containerPort),
  );
  return [...new Set(found)];
}

export function namesOfPorts(clauses: readonly Clause[]): ReadonlySet<string> {
  return new Set(clauses.flatMap(({ ports }) => ports?.name ?? []));
}

/** A flow's protocol and port that stand for it. */
export function sample({ protocol, first }: Traffic, family: Family): { protocol: Protocol; port?: number } {
  if (protocol !== "ping") return { protocol, port: first };
  return { protocol: family === "IPv4" ? "ICMP" : "ICMPv6" };
}

/** `TCP 443`, `TCP 1-442, 444-65535; UDP`, `all traffic`; what touches is joined. */
export function trafficText(all: readonly Traffic[]): string {
  const whole = [...protocols, "ping" as const].map((protocol) => {
    const joined = join(all.filter((one) => one.protocol === protocol));
    if (joined.length === 0) return { text: "", all: false };
    if (protocol === "ping") return { text: "ping", all: true };
    const everything = joined[0]?.first === 1 && joined[0].last === 65535;
    const ranges = joined.map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`)).join(", ");
    return { text: everything ? protocol : `${protocol} ${ranges}`, all: everything };
  });
  if (whole.every(({ all: everything }) => everything)) return "all traffic";
  const texts = whole.map(({ text }) => text).filter(Boolean);
  const ports = whole.slice(0, 3);
  if (ports.every(({ all: everything }) => everything)) return "TCP, UDP and SCTP, every port";
  return texts.join("; ");
}

function join(all: readonly Traffic[]): readonly Traffic[] {
  const joined: Traffic[] = [];
  for (const one of [...all].sort((a, b) => a.first - b.first)) {
    const before = joined.at(-1);
    if (before && one.first <= before.last + 1)
      joined[joined.length - 1] = { ...before, last: Math.max(before.last, one.last) };
    else joined.push(one);
  }
  return joined;
}
