import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { causes } from "#core/causes/index.ts";
import { entries } from "./entries.ts";
import { shapeName, shapesOf } from "./shapes.ts";

/** By cause: the clusters on which one of its faults is made. */
const standsOn = new Map<string, Set<string>>();
for (const entry of entries)
  for (const id of entry.causes)
    standsOn.set(id, new Set([...(standsOn.get(id) ?? []), ...shapesOf(entry).map(shapeName)]));

describe("what the lab shows of causes", () => {
  it("says of each cause without a fault why, and of none that has one", () => {
    const file = new URL("../../scripts/unmade-causes.json", import.meta.url);
    const unmade: readonly { id: string; why: string }[] = JSON.parse(readFileSync(file, "utf8"));
    const without = Object.keys(causes).filter((id) => !standsOn.has(id));
    assert.deepEqual(unmade.map(({ id }) => id).toSorted(), without.toSorted());
    for (const { id, why } of unmade) assert.ok(why.length > 40, id);
  });

  it("has every cause that one could be taken for on the same cluster, where it alone is named", () => {
    const apart = Object.entries(causes).flatMap(([id, { looksLike }]) =>
      looksLike.filter((other) => !together(id, other)).map((other) => `${id}: ${other}`),
    );
    assert.deepEqual(apart, stillApart);
  });
});

function together(id: string, other: string): boolean {
  const own = standsOn.get(id) ?? new Set();
  return [...(standsOn.get(other) ?? [])].some((shape) => own.has(shape));
}

/** Those of which the lab makes one alone, or each on clusters that the other cannot stand on. Whoever makes both takes the line out. */
const stillApart: readonly string[] = [
  "aaaa-servfail: dns-upstream-other-family",
  "calico-pool-not-encapsulated: overlay-port-blocked",
  "conntrack-table-full: forward-policy-drops-ipv6",
  "conntrack-table-full: nftables-drops",
  "conntrack-table-full: forwarding-off",
  "dns-upstream-other-family: no-aaaa",
  "dns64-with-ipv4: ipv4-only-name-without-ipv4",
  "host-side-without-link-local: pod-gateway-missing",
  "insists-on-ipv6-socket: kernel-without-ipv6",
  "ipv4-only-name-without-ipv4: no-aaaa",
  "ipv4-only-name-without-ipv4: aaaa-nxdomain",
  "ipv6-disabled-on-interface: kernel-without-ipv6",
  "kernel-without-ipv6: ipv6-disabled-on-interface",
  "neighbour-table-full: neighbour-discovery-dropped",
  "overlay-port-blocked: underlay-filters-pods",
  "path-mtu-black-hole: pod-mtu-above-tunnel",
  "pod-gateway-missing: host-side-without-link-local",
  "pod-mtu-above-tunnel: path-mtu-black-hole",
  "route-cache-full: node-without-default-route",
  "underlay-filters-pods: overlay-port-blocked",
];
