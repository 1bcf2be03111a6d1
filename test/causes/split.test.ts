import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseNfConntrack } from "#core/linux/nf-conntrack.ts";
import { judge, nobody } from "./case.ts";
import * as seen from "./observed.ts";

const four = { outcome: "ok", family: "IPv4", ms: 9 } as const;
const silent = [{ outcome: "timeout", ms: 3500 }, four] as const;

/** What two causes say of the same observations: a number of the catalogue belongs to one of them. */
const both = (
  ids: readonly [Parameters<typeof judge>[0], Parameters<typeof judge>[0]],
  given: Parameters<typeof judge>[1],
) => ids.map((id) => judge(id, given).status);

describe("causes that differ in one observation", () => {
  it("the way there lacks a route, or the way back does", () => {
    const ids = ["route-to-peer-missing", "return-route-missing"] as const;
    const none = seen.routes(seen.staticDefault);
    const there = {
      "routes node n1": none,
      "routes node n2": seen.routes(seen.staticDefault, seen.toN1),
      "interface-sysctls": seen.settings,
      addresses: seen.nodeAddresses,
    };
    assert.deepEqual(both(ids, { dials: silent, seen: there }), ["proven", "excluded"]);
    const back = { ...there, "routes node n1": seen.routes(seen.staticDefault, seen.toN2), "routes node n2": none };
    assert.deepEqual(both(ids, { dials: silent, seen: back }), ["excluded", "proven"]);
    const ok = { ...back, "routes node n2": seen.routes(seen.staticDefault, seen.toN1) };
    assert.deepEqual(both(ids, { dials: silent, seen: ok }), ["excluded", "excluded"]);
  });

  it("accept_ra was never set, or set where it says nothing", () => {
    const ids = ["ra-default-lost", "accept-ra-on-all-only"] as const;
    const given = (everywhere: number) =>
      ({
        dials: [{ outcome: "network-unreachable", scope: "outside", ms: 300 }, four],
        seen: {
          routes: seen.routes(seen.toN2),
          forwarding: 1,
          "interface-sysctls": { all: { accept_ra: everywhere }, eth0: { accept_ra: 1 } },
          addresses: seen.nodeAddresses,
          counters: seen.counters({}, { Icmp6InRouterAdvertisements: 9 }),
          "dial node n1": { ok: false, text: "Network is unreachable", ms: 0, tool: "nc" },
        },
      }) as const;
    assert.deepEqual(both(ids, given(1)), ["proven", "excluded"]);
    assert.deepEqual(both(ids, given(2)), ["excluded", "proven"]);
  });

  it("a node rejects somebody else's address, or that of its own pod", () => {
    const ids = ["blackhole-route", "local-pod-route-missing"] as const;
    const elsewhere = {
      "routes pod default/a": seen.routes(seen.staticDefault),
      "routes node n1": seen.routes(seen.staticDefault, seen.blackholeN2),
      "routes node n2": seen.routes(seen.staticDefault, seen.toN1),
    };
    assert.deepEqual(both(ids, { dials: silent, seen: elsewhere }), ["proven", "excluded"]);
    const own = {
      ...elsewhere,
      "routes node n1": seen.routes(seen.staticDefault, seen.toN2),
      "routes node n2": seen.routes(seen.toN1, seen.blackholeN2),
    };
    assert.deepEqual(both(ids, { dials: silent, seen: own }), ["excluded", "proven"]);
    const podRoute = seen.toN2
      .replace(/^.{32} 40/, "fd000010024400020000000000000011 80")
      .replace("20010db8001800000000000000000102", "0".repeat(32))
      .replace("00000003", "00000001");
    const fine = { ...own, "routes node n2": seen.routes(seen.toN1, seen.blackholeN2, podRoute) };
    assert.deepEqual(
      both(ids, { dials: silent, seen: fine }),
      ["excluded", "excluded"],
      "a block's blackhole is normal where the pod has its route",
    );
    assert.deepEqual(both(ids, { dials: silent, seen: { ...own, "routes node n2": nobody } }), ["unknown", "unknown"]);
  });

  it("the tunnel sends and nothing comes, or it has no entry and sends nothing", () => {
    const ids = ["overlay-port-blocked", "overlay-entry-missing"] as const;
    const ours = parseNfConntrack(
      "ipv6 10 tcp 6 118 SYN_SENT src=fd00:0010:0244:0001:0000:0000:0000:0011 dst=fd00:0010:0244:0002:0000:0000:0000:0011 sport=1 dport=8080 [UNREPLIED] src=fd00:0010:0244:0002:0000:0000:0000:0011 dst=fd00:0010:0244:0001:0000:0000:0000:0011 sport=8080 dport=1 mark=0 use=1\n",
    );
    const link = (sentPackets: number, sentDropped: number) => ({
      sentPackets,
      sentDropped,
      receivedPackets: 0,
      receivedDropped: 0,
    });
    const given = (sent: number, dropped: number) => ({
      dials: silent,
      seen: {
        "routes node n1": seen.routes(seen.staticDefault, seen.toN2.replace("eth0", "flannel-v6.1")),
        "transit node n1": { devices: { "flannel-v6.1": link(sent, dropped) }, counters: {}, tracked: ours },
        "transit node n2": { devices: {}, counters: {}, tracked: [] },
        "dial pod default/a": { ok: false, text: "", ms: 3500, tool: "bash" },
        "dial node n1": { ok: false, text: "ECONNREFUSED", ms: 1, tool: "nc" },
      },
    });
    assert.deepEqual(both(ids, given(3, 0)), ["proven", "excluded"]);
    assert.deepEqual(both(ids, given(0, 3)), ["excluded", "proven"]);
  });
});

describe("a resolver that is odd about AAAA", () => {
  const lookup = (aaaa: "name-error" | "timeout" | "no-record", a: "ok" | "name-error") =>
    ({ lookups: [aaaa], lookupsA: [a] }) as const;
  it("is only named where it gives the A record", () => {
    assert.equal(judge("aaaa-servfail", lookup("timeout", "ok")).status, "proven");
    assert.equal(judge("aaaa-servfail", lookup("timeout", "name-error")).status, "excluded");
    assert.equal(judge("aaaa-servfail", lookup("no-record", "ok")).status, "excluded", "an empty answer is right");
    assert.equal(judge("aaaa-servfail", {}).status, "unknown");
    assert.equal(judge("aaaa-nxdomain", lookup("timeout", "ok")).status, "excluded");
  });
});
