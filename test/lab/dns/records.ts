import type { Any, ApiObject } from "../objects/object.ts";
import { outside as world } from "../plan.ts";
import { type CorefileWords, wordsOf } from "./corefile.ts";

/** The zone as the DNS server holds it: addresses by name, lower case and without the last dot. */
export interface Zone {
  A: Record<string, string[]>;
  AAAA: Record<string, string[]>;
  /** What the cluster's own names end with. */
  domain: string;
  /** What the Corefile says beyond where the names are. */
  words: CorefileWords;
}

/** What CoreDNS's kubernetes plugin would answer for these Services, beside the names of the outside. */
export function zoneOf(
  services: readonly ApiObject[],
  slices: readonly ApiObject[],
  corefile: string,
  outside: { IPv4?: string; IPv6?: string },
  domain = "cluster.local",
): Zone {
  const zone: Zone = { A: {}, AAAA: {}, domain, words: wordsOf(corefile) };
  const add = (name: string, address: string) => {
    const table = address.includes(":") ? zone.AAAA : zone.A;
    table[name] = [...(table[name] ?? []), address];
  };
  for (const service of services) {
    const name = `${service.metadata.name}.${service.metadata.namespace}.svc.${domain}`;
    const vips: string[] = service.spec.clusterIPs ?? [];
    for (const vip of vips) if (vip !== "None") add(name, vip);
    if (vips[0] === "None") for (const address of headless(service, slices)) add(name, address);
  }
  for (const address of Object.values(outside)) add("example.test", address);
  if (outside.IPv6) add("six.example.test", outside.IPv6);
  // What the world has, it has whatever the cluster does.
  add("four.example.test", world.IPv4);
  return zone;
}

function headless(service: ApiObject, slices: readonly ApiObject[]): string[] {
  const own = slices.filter(
    (each) =>
      each.metadata.namespace === service.metadata.namespace &&
      each.metadata.labels?.["kubernetes.io/service-name"] === service.metadata.name,
  );
  return own.flatMap((each) => (each.endpoints ?? []).flatMap((end: Any) => end.addresses));
}
