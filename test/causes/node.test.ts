import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Dial, judge, n1, n2, nobody, nodeObject } from "./case.ts";
import * as seen from "./observed.ts";

const silent = [{ outcome: "timeout", ms: 2000 }] as const;
const withIPv4 = [...silent, { outcome: "ok", family: "IPv4" }] as const;
const noPolicies = { "network-policies": [], namespace: { metadata: { name: "default", labels: {} } } };
const dropRule = "*filter\n:INPUT ACCEPT [0:0]\n:FORWARD ACCEPT [0:0]\n[7:560] -A FORWARD -j DROP\nCOMMIT\n";

describe("what is wrong on the node", () => {
  it("forwarding-off: proven by the counter that rises while dialling", () => {
    const here = { forwarding: 0, "interface-sysctls": seen.settings, counters: seen.counters({ Ip6InAddrErrors: 5 }) };
    const proven = judge("forwarding-off", { dials: silent, seen: here });
    assert.equal(proven.status, "proven");
    assert.match(proven.because, /node n1, and Ip6InAddrErrors rose by 5/);
    assert.equal(
      judge("forwarding-off", { dials: silent, seen: { ...here, counters: seen.counters() } }).status,
      "possible",
    );
    assert.equal(judge("forwarding-off", { dials: [{ outcome: "ok" }], seen: here }).status, "excluded");
  });

  it("forwarding-off: force_forwarding of one interface forwards all the same", () => {
    const forced = { ...seen.settings, eth0: { force_forwarding: 1 } };
    const here = { forwarding: 0, "interface-sysctls": forced, counters: seen.counters({ Ip6InAddrErrors: 5 }) };
    assert.equal(judge("forwarding-off", { dials: silent, seen: here }).status, "excluded");
  });

  it("forwarding-off: on the destination's node, by what it drops while it is dialled once more", () => {
    const here = {
      "forwarding node n1": 1,
      "forwarding node n2": 0,
      "interface-sysctls": seen.settings,
      counters: seen.counters({ Ip6InAddrErrors: 2 }),
      dial: { ok: false, ms: 500, tool: "bash", text: "" },
    };
    assert.match(
      judge("forwarding-off", { dials: silent, seen: here }).because,
      /node n2, and Ip6InAddrErrors rose by 2/,
    );
    const since = { ...here, counters: seen.counters({}, { Ip6InAddrErrors: 40 }) };
    assert.equal(
      judge("forwarding-off", { dials: silent, seen: since }).status,
      "possible",
      "what died before is not ours",
    );
    assert.equal(judge("forwarding-off", { dials: silent, seen: { ...here, dial: nobody } }).status, "possible");
    const passed = { ...here, counters: seen.counters({ Ip6InAddrErrors: 2, Ip6OutForwDatagrams: 3 }) };
    assert.equal(judge("forwarding-off", { dials: silent, seen: passed }).status, "possible", "somebody forwards");
  });

  it("forwarding off, FORWARD DROP and a blackhole are all silence, and told apart", () => {
    const base = {
      ...noPolicies,
      "interface-sysctls": seen.settings,
      forwarding: 1,
      ip6tables: seen.harmlessRules,
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
    assert.deepEqual(verdicts({ "routes node n1": blackhole }), ["excluded", "excluded", "proven"]);
  });

  it("forward-policy-drops-ipv6: the policy of FORWARD counts like a rule", () => {
    const policy = seen.rules("*filter\n:FORWARD DROP [9:720]\nCOMMIT\n");
    const proven = judge("forward-policy-drops-ipv6", { dials: silent, seen: { ...noPolicies, ip6tables: policy } });
    assert.match(proven.because, /FORWARD policy is DROP took 9 packets/);
    const idle = seen.rules("*filter\n:FORWARD DROP [0:0]\nCOMMIT\n");
    assert.equal(
      judge("forward-policy-drops-ipv6", { dials: silent, seen: { ...noPolicies, ip6tables: idle } }).status,
      "excluded",
    );
  });

  it("forward-policy-drops-ipv6: rules nobody can read leave it possible", () => {
    const here = { ...noPolicies, ip6tables: nobody, counters: seen.counters({ Ip6OutForwDatagrams: 4 }) };
    const judged = judge("forward-policy-drops-ipv6", { dials: silent, seen: here });
    assert.equal(judged.status, "possible");
    assert.match(judged.because, /forwarded 4 packets/);
  });

  it("route-to-peer-missing: the way there is missing and the way back exists", () => {
    const here = {
      "routes node n1": seen.routes(seen.staticDefault),
      "routes node n2": seen.routes(seen.staticDefault, seen.toN1),
    };
    const proven = judge("route-to-peer-missing", { dials: withIPv4, seen: here });
    assert.equal(proven.status, "proven");
    assert.equal(
      judge("route-to-peer-missing", { dials: silent, seen: here }).status,
      "possible",
      "IPv4 was not compared",
    );
    const bridge = { ...here, "routes node n2": seen.routes(seen.staticDefault, seen.allPodsOnBridge) };
    assert.equal(
      judge("route-to-peer-missing", { dials: withIPv4, seen: bridge }).status,
      "possible",
      "a prefix on the bridge of n2's own pods is no way back to n1",
    );
    assert.match(proven.because, /node n1 has no route to fd00:10:244:2::11/);
  });

  it("return-route-missing: the way back is missing", () => {
    const here = {
      "routes node n1": seen.routes(seen.staticDefault, seen.toN2),
      "routes node n2": seen.routes(seen.staticDefault),
    };
    assert.match(
      judge("return-route-missing", { dials: withIPv4, seen: here }).because,
      /node n2 has no route to fd00:10:244:1::11/,
    );
  });

  it("route-to-peer-missing: nodes that never have such routes may stand in a cloud", () => {
    const here = { routes: seen.routes(seen.staticDefault) };
    assert.equal(judge("route-to-peer-missing", { dials: silent, seen: here }).status, "possible");
    const complete = { routes: seen.routes(seen.staticDefault, seen.toN1, seen.toN2) };
    assert.equal(judge("route-to-peer-missing", { dials: silent, seen: complete }).status, "excluded");
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
              routes: seen.routes(...lines),
            },
          }).status,
      );
    assert.deepEqual(verdicts(1, 36), ["proven", "excluded", "excluded"]);
    assert.deepEqual(verdicts(0, 36), ["excluded", "proven", "excluded"]);
    assert.deepEqual(verdicts(1, 0), ["excluded", "excluded", "proven"]);
    assert.deepEqual(verdicts(2, 36, seen.advertisedDefault), ["excluded", "excluded", "excluded"]);
  });

  it("neighbour-discovery-dropped: solicitations without answers, and the rule that took them", () => {
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

  it("path-mtu-black-hole: a large request hangs and over IPv4 it does not, or the node counts what it refuses", () => {
    const attempt = (ok: boolean, ms: number) => ({ ok, ms, tool: "bash", text: "" });
    const answers = { small: attempt(true, 5), padded: [{ bytes: 1370, attempt: attempt(true, 5) }] };
    const hangs = { ...answers, padded: [{ bytes: 1370, attempt: attempt(false, 2000) }] };
    const here = { links: { lo: 65536, eth0: 1500 }, counters: seen.counters() };
    const stalls = [
      { outcome: "stalls", ms: 20 },
      { outcome: "ok", family: "IPv4" },
    ] as const;
    const verdict = (more: object, dials: readonly Dial[] = stalls) =>
      judge("path-mtu-black-hole", { dials, seen: { ...here, ...more } });
    const [dial] = stalls;
    const within = { "big-request pod default/b": answers };
    assert.match(
      verdict(within, [dial]).because,
      /link or router further on; the pod answers the same sizes from within/,
    );
    assert.equal(verdict(within, [dial]).status, "proven", "whatever IPv4 does, which may take the same tunnel");
    assert.equal(
      verdict({ "big-request pod default/b": hangs, "big-request": answers }).status,
      "excluded",
      "the server is silent",
    );
    const blind = { "big-request pod default/b": nobody };
    assert.equal(verdict({ ...blind, "big-request": answers }).status, "proven", "IPv4 is answered");
    assert.equal(
      verdict({ ...blind, "big-request": hangs }).status,
      "possible",
      "the server, or a path narrow for both",
    );
    assert.equal(verdict({ "big-request": nobody }).status, "possible");
    const refusing = { ...blind, "counters node n1": seen.counters({ Ip6InTooBigErrors: 2 }) };
    assert.match(verdict(refusing, [dial]).because, /node n1 refused 2 packets/);
    assert.equal(verdict(refusing, [dial]).status, "possible", "they may be anybody's");
    const outside = [{ ...dial, scope: "outside" }] as const;
    const pieces = (ok: boolean) => ({ "small-pieces": attempt(ok, ok ? 250 : 2000) });
    assert.equal(verdict(pieces(true), outside).status, "proven");
    assert.equal(verdict(pieces(false), outside).status, "excluded");
    assert.equal(verdict({}, outside).status, "possible");
    assert.equal(verdict({}, [{ outcome: "ok" }]).status, "excluded");
  });

  it("node-without-ipv6-internal-ip: proven when a dial misses the address", () => {
    const four = nodeObject("n2", ["172.18.1.2"], ["10.244.2.0/24", "fd00:10:244:2::/64"]);
    const dials = [{ outcome: "no-address", scope: "node" }] as const;
    assert.equal(
      judge("node-without-ipv6-internal-ip", { nodes: [n1, four], dials, seen: { addresses: [] } }).status,
      "proven",
    );
    assert.equal(judge("node-without-ipv6-internal-ip", { nodes: [n1, four] }).status, "possible");
    assert.equal(judge("node-without-ipv6-internal-ip", { nodes: [n1, n2] }).status, "excluded");
  });
});
