import { type Family, familyOf } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { list, mapping, number, string } from "../policy/read.ts";
import { asText } from "../text/as-text.ts";

export interface SliceBackend {
  readonly ready: boolean;
  /** `http 8080 TCP`, in the order of their names. */
  readonly ports: string;
  /** The numbers of those that speak TCP. */
  readonly tcp: readonly number[];
  /** Zones that are told to prefer it. */
  readonly hints: string;
  readonly address: string;
}

/** The endpoints of a Service by the pod behind them (or, without one, by their host name or place), for each family. */
export interface SliceBackends extends Readonly<Record<Family, ReadonlyMap<string, SliceBackend>>> {
  whyLacking(targets: readonly string[], family: Family): string;
}

export function backendsOf(slices: readonly KubeObject[], pods: readonly KubeObject[]): SliceBackends {
  const of = (family: Family) =>
    together(slices.filter(({ addressType }) => addressType === family).flatMap((slice) => endpointsOf(slice)));
  const byName = new Map(pods.map((pod) => [`${pod.metadata.namespace ?? "default"}/${pod.metadata.name}`, pod]));
  return {
    IPv4: of("IPv4"),
    IPv6: of("IPv6"),
    whyLacking: (targets, family) => {
      const texts = targets.slice(0, 3).map((target) => `${target} ${why(byName.get(target), family)}`);
      return `${texts.join(", ")}${targets.length > 3 ? ` and ${targets.length - 3} more` : ""}`;
    },
  };
}

/**
 * One that several slices list, with a port in each or twice for a while, is one, and ready where one of them says so. Those without a name
 * are counted through, since each slice begins anew.
 */
function together(listed: readonly (readonly [string | undefined, SliceBackend])[]): ReadonlyMap<string, SliceBackend> {
  const found = new Map<string, SliceBackend>();
  let unnamed = 0;
  for (const [name, backend] of listed) {
    const target = name ?? `endpoint ${++unnamed}`;
    const before = found.get(target);
    found.set(target, before ? both(before, backend) : backend);
  }
  return found;
}

function both(one: SliceBackend, other: SliceBackend): SliceBackend {
  const union = (a: string, b: string, by: string) =>
    [...new Set([...a.split(by), ...b.split(by)])].filter(Boolean).sort();
  return {
    ready: one.ready || other.ready,
    ports: union(one.ports, other.ports, ", ").join(", "),
    tcp: [...new Set([...one.tcp, ...other.tcp])],
    hints: union(one.hints, other.hints, ",").join(),
    address: one.ready ? one.address : other.address,
  };
}

function endpointsOf(slice: KubeObject): readonly (readonly [string | undefined, SliceBackend])[] {
  const ports = list(slice.ports)
    .map((entry) => {
      const { name, port, protocol = "TCP" } = mapping(entry);
      return `${string(name) ? `${name} ` : ""}${asText(port)} ${asText(protocol)}`;
    })
    .sort()
    .join(", ");
  const tcp = list(slice.ports)
    .map(mapping)
    .flatMap(({ port, protocol = "TCP" }) => (protocol === "TCP" ? (number(port) ?? []) : []));
  return list(slice.endpoints).flatMap((entry) => {
    const { addresses, conditions, targetRef, hostname, hints } = mapping(entry);
    const { namespace, name } = mapping(targetRef);
    const [address] = list(addresses);
    if (typeof address !== "string") return [];
    const target = string(name) ? `${string(namespace) ?? slice.metadata.namespace}/${name}` : string(hostname);
    const zones = list(mapping(hints).forZones).map((zone) => asText(mapping(zone).name));
    return [
      [
        target,
        { ready: mapping(conditions).ready !== false, ports, tcp, hints: zones.sort().join(), address },
      ] as const,
    ];
  });
}

function why(pod: KubeObject | undefined, family: Family): string {
  if (!pod) return "is in no slice of it";
  const ips = list(mapping(pod.status).podIPs).flatMap((entry) => string(mapping(entry).ip) ?? []);
  return ips.some((ip) => familyOf(ip) === family) ? "has an address and is in no slice" : `has no ${family} address`;
}
