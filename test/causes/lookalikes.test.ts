import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseNfConntrack } from "#core/linux/nf-conntrack.ts";
import { a, judge, nobody, nodeObject, podObject, serviceObject } from "./case.ts";
import * as seen from "./observed.ts";

const silent = [{ outcome: "timeout", ms: 2000 }] as const;
const noPolicies = { "network-policies": [], namespace: { metadata: { name: "default", labels: {} } } };
const dropRule = "*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n[7:560] -A FORWARD -j DROP\nCOMMIT\n";
const onlyFour = [podObject("a", "n1", ["10.244.1.11"]), podObject("b", "n2", ["10.244.2.11"])];
const fourNodes = [
  nodeObject("n1", ["172.18.1.1"], ["10.244.1.0/24"]),
  nodeObject("n2", ["172.18.1.2"], ["10.244.2.0/24"]),
];
const noAddress = [{ outcome: "no-address" }] as const;
const four = { outcome: "ok", family: "IPv4", ms: 9 } as const;
const silentNotIPv4 = [{ outcome: "timeout", ms: 3500 }, four] as const;
/** What two causes say of the same observations: a number of the catalogue belongs to one of them. */
const both = (
  ids: readonly [Parameters<typeof judge>[0], Parameters<typeof judge>[0]],
  given: Parameters<typeof judge>[1],
) => ids.map((id) => judge(id, given).status);

describe("what is wrong on the node", () => {
  it("forwarding off, FORWARD DROP and a blackhole are all silence, and told apart", () => {
    const base = {
      ...noPolicies,
      "interface-sysctls": seen.settings,
      forwarding: 1,
      ip6tables: seen.harmlessRules,
      dial: { ok: false, text: "", ms: 3500, tool: "nc" },
      "policy-rules": [],
      counters: seen.counters({ Ip6OutForwDatagrams: 5 }),
      routes: seen.routes(seen.staticDefault, seen.toN1, seen.toN2),
    };
    const verdicts = (here: object) =>
      (["forwarding-off", "forward-policy-drops-ipv6", "blackhole-route"] as const).map(
        (id) => judge(id, { dials: silent, seen: { ...base, ...here } }).status,
      );
    assert.deepEqual(verdicts({ forwarding: 0, counters: seen.counters({ Ip6InAddrErrors: 5 }) }), [
      "proven",
      "excluded",
      "excluded",
    ]);
    assert.deepEqual(verdicts({ ip6tables: seen.rules(dropRule) }), ["excluded", "proven", "excluded"]);
    const blackhole = seen.routes(seen.staticDefault, seen.toN1, seen.blackholeN2);
    const refused = { "dial node n1": { ok: false, text: "nc: Invalid argument", ms: 0, tool: "nc" } };
    assert.deepEqual(verdicts({ "routes node n1": blackhole, ...refused }), ["excluded", "excluded", "proven"]);
  });

  it("a lost default route: ra-default-lost, accept-ra-refused and node-without-default-route exclude each other", () => {
    const outside = [{ outcome: "network-unreachable", scope: "outside", ms: 1000 }] as const;
    const verdicts = (accept_ra: number, heard: number, ...lines: string[]) =>
      (["ra-default-lost", "accept-ra-refused", "node-without-default-route"] as const).map(
        (id) =>
          judge(id, {
            dials: outside,
            seen: {
              forwarding: 1,
              "interface-sysctls": { eth0: { accept_ra } },
              addresses: seen.nodeAddresses,
              counters: seen.counters({}, { Icmp6InRouterAdvertisements: heard }),
              "link-advertisements": heard,
              routes: seen.routes(...lines),
              "routes node n2": seen.routes(seen.advertisedDefault),
            },
          }).status,
      );
    assert.deepEqual(verdicts(1, 36), ["proven", "excluded", "excluded"]);
    assert.deepEqual(verdicts(0, 36), ["excluded", "proven", "excluded"]);
    assert.deepEqual(verdicts(1, 0), ["excluded", "excluded", "proven"]);
    assert.deepEqual(verdicts(2, 36, seen.advertisedDefault), ["excluded", "excluded", "excluded"]);
  });
});

describe("what is wrong in the cluster", () => {
  it("cluster-single-stack and node-podcidr-single-stack: no node has an IPv6 range, or only the old one lacks it", () => {
    const given = { pods: onlyFour, dials: noAddress, seen: { services: [], "daemon-sets": [] } };
    assert.equal(judge("cluster-single-stack", { ...given, nodes: fourNodes }).status, "proven");
    assert.equal(judge("node-podcidr-single-stack", { ...given, nodes: fourNodes }).status, "excluded");
    const mixed = [fourNodes[0] ?? a, nodeObject("n2", ["172.18.1.2"], ["10.244.2.0/24", "fd00:10:244:2::/64"])];
    assert.equal(judge("cluster-single-stack", { ...given, nodes: mixed }).status, "excluded");
    assert.equal(judge("node-podcidr-single-stack", { ...given, nodes: mixed }).status, "proven");
    assert.equal(judge("cluster-single-stack", { seen: given.seen }).status, "excluded");
  });
});

describe("what is wrong with Services and names", () => {
  const dual = serviceObject("web", {
    ipFamilies: ["IPv4", "IPv6"],
    clusterIPs: ["10.96.0.80", "fd00:10:96::80"],
    selector: { app: "b" },
  });
  const single = serviceObject("web", {
    ipFamilyPolicy: "SingleStack",
    ipFamilies: ["IPv4"],
    clusterIPs: ["10.96.0.80"],
  });

  it("service-single-stack and no-aaaa: the Service has no address to tell, or DNS does not tell it", () => {
    const lookups = ["no-record"] as const;
    const here = {
      services: [dual],
      "config-map coredns": { data: { Corefile: ".:53 {\n    template IN AAAA . {\n    }\n}" } },
    };
    const verdicts = (service: typeof dual) =>
      (["service-single-stack", "no-aaaa"] as const).map(
        (id) => judge(id, { services: [service], lookups, lookupsA: ["ok"], seen: here }).status,
      );
    assert.deepEqual(verdicts(single), ["proven", "excluded"]);
    assert.deepEqual(verdicts(dual), ["excluded", "proven"]);
  });
});

describe("causes that differ in one observation", () => {
  it("the way there lacks a route, or the way back does", () => {
    const ids = ["route-to-peer-missing", "return-route-missing"] as const;
    const none = seen.routes(seen.staticDefault);
    const there = {
      "routes node n1": none,
      "routes node n2": seen.routes(seen.staticDefault, seen.toN1),
      "interface-sysctls": seen.settings,
      addresses: seen.nodeAddresses,
      dial: { ok: false, text: "", ms: 3500, tool: "nc" },
    };
    assert.deepEqual(both(ids, { dials: silentNotIPv4, seen: there }), ["proven", "excluded"]);
    const back = {
      ...there,
      "routes node n1": seen.routes(seen.staticDefault, seen.toN2),
      "routes node n2": none,
      transit: seen.replied,
    };
    assert.deepEqual(both(ids, { dials: silentNotIPv4, seen: back }), ["excluded", "proven"]);
    const ok = { ...back, "routes node n2": seen.routes(seen.staticDefault, seen.toN1) };
    assert.deepEqual(both(ids, { dials: silentNotIPv4, seen: ok }), ["excluded", "excluded"]);
  });

  it("accept_ra was never set, or set where it says nothing", () => {
    const ids = ["ra-default-lost", "accept-ra-on-all-only"] as const;
    const given = (everywhere: number) =>
      ({
        dials: [{ outcome: "network-unreachable", scope: "outside", ms: 300 }, four],
        seen: {
          routes: seen.routes(seen.toN2),
          "routes node n2": seen.routes(seen.advertisedDefault),
          forwarding: 1,
          "interface-sysctls": { all: { accept_ra: everywhere }, eth0: { accept_ra: 1 } },
          addresses: seen.nodeAddresses,
          counters: seen.counters({}, { Icmp6InRouterAdvertisements: 9 }),
          "link-advertisements": 9,
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
      dial: { ok: false, text: "nc: Invalid argument", ms: 0, tool: "nc" },
      "policy-rules": [],
    };
    assert.deepEqual(both(ids, { dials: silentNotIPv4, seen: elsewhere }), ["proven", "excluded"]);
    const own = {
      ...elsewhere,
      "routes node n1": seen.routes(seen.staticDefault, seen.toN2),
      "routes node n2": seen.routes(seen.toN1, seen.blackholeN2),
    };
    assert.deepEqual(both(ids, { dials: silentNotIPv4, seen: own }), ["excluded", "proven"]);
    const podRoute = seen.toN2
      .replace(/^.{32} 40/, "fd000010024400020000000000000011 80")
      .replace("20010db8001800000000000000000102", "0".repeat(32))
      .replace("00000003", "00000001");
    const fine = { ...own, "routes node n2": seen.routes(seen.toN1, seen.blackholeN2, podRoute) };
    assert.deepEqual(
      both(ids, { dials: silentNotIPv4, seen: fine }),
      ["excluded", "excluded"],
      "a block's blackhole is normal where the pod has its route",
    );
    assert.deepEqual(both(ids, { dials: silentNotIPv4, seen: { ...own, "routes node n2": nobody } }), [
      "unknown",
      "unknown",
    ]);
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
      dials: silentNotIPv4,
      seen: {
        "routes node n1": seen.routes(seen.staticDefault, seen.toN2.replace("eth0", "flannel-v6.1")),
        "transit node n1": { devices: { "flannel-v6.1": link(sent, dropped) }, counters: {}, tracked: ours },
        "transit node n2": { devices: {}, counters: {}, tracked: [] },
        "dial pod default/a": { ok: false, text: "", ms: 3500, tool: "bash" },
        "dial node n1": { ok: false, text: "ECONNREFUSED", ms: 1, tool: "nc" },
        "udp-ports": [8472],
        "ip6tables node n2": seen.harmlessRules,
        "nft-fate node n2": [{ translated: [] }],
      },
    });
    assert.deepEqual(both(ids, given(3, 0)), ["proven", "excluded"]);
    assert.deepEqual(both(ids, given(0, 3)), ["excluded", "proven"]);
  });
});
