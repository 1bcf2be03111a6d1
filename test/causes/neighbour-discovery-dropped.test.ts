import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import * as seen from "./observed.ts";

describe("neighbour-discovery-dropped", () => {
  it("solicitations without answers, and the rule that took them", () => {
    const asked = { addresses: seen.podAddresses, counters: seen.counters({ Icmp6OutNeighborSolicits: 3 }) };
    const dropped = seen.rules("*filter\n:INPUT ACCEPT [0:0]\n[3:216] -A INPUT -p ipv6-icmp -j DROP\nCOMMIT\n");
    const dials = [{ outcome: "host-unreachable", ms: 3060 }] as const;
    assert.equal(
      judge("neighbour-discovery-dropped", { dials, seen: { ...asked, ip6tables: dropped } }).status,
      "proven",
    );
    assert.equal(
      judge("neighbour-discovery-dropped", { dials, seen: { ...asked, ip6tables: nobody } }).status,
      "possible",
    );
    // One is enough where the kernel gave up, not where the dial merely took too long.
    const once = { ...asked, counters: seen.counters({ Icmp6OutNeighborSolicits: 1 }), ip6tables: dropped };
    assert.equal(judge("neighbour-discovery-dropped", { dials, seen: once }).status, "proven");
    const slow = [{ outcome: "timeout", ms: 1500 }] as const;
    assert.equal(judge("neighbour-discovery-dropped", { dials: slow, seen: once }).status, "excluded");
    const answered = {
      ...asked,
      counters: seen.counters({ Icmp6OutNeighborSolicits: 3, Icmp6InNeighborAdvertisements: 3 }),
    };
    assert.equal(judge("neighbour-discovery-dropped", { dials, seen: answered }).status, "excluded");
  });
});
