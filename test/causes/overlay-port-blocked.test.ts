import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseIfInet6 } from "#core/linux/if-inet6.ts";
import { judge, n1, n2, nobody, nodeObject } from "./case.ts";
import * as seen from "./observed.ts";
import { control, link, ours, silent, tracked, tunnel } from "./overlay.ts";

describe("overlay-port-blocked", () => {
  it("the pod's own connection left by the tunnel, nothing came, and the nodes reach each other", () => {
    const { status, because, fix } = judge("overlay-port-blocked", { dials: silent, seen: tunnel });
    assert.equal(status, "proven", because);
    assert.match(
      because,
      /passed the connection of the pod on by flannel-v6\.1.*of node n2 received nothing.*reaches 2001:db8:18::102/,
    );
    assert.match(fix ?? "", /UDP 8472 over IPv6 between 2001:db8:18::101 and 2001:db8:18::102/);
  });

  const wrapped =
    "ipv6 10 udp 17 29 src=2001:0db8:0018:0000:0000:0000:0000:0101 dst=2001:0db8:0018:0000:0000:0000:0000:0102 sport=4 dport=8472 [UNREPLIED] src=2001:0db8:0018:0000:0000:0000:0000:0102 dst=2001:0db8:0018:0000:0000:0000:0000:0101 sport=8472 dport=4 mark=0 use=1\n";
  it("is another cause where the tunnel sends to somebody else", () => {
    const astray = wrapped.replaceAll(":0102", ":0088");
    const near = { devices: { "flannel-v6.1": link(3) }, counters: {} };
    const own = parseIfInet6("20010db8001800000000000000000102 02 40 00 80 eth0\n");
    const here = {
      "transit node n1": { ...near, tracked: tracked(ours("SYN_SENT"), astray) },
      "addresses node n2": own,
    };
    const given = { dials: silent, seen: { ...tunnel, ...here } };
    assert.equal(judge("overlay-port-blocked", given).status, "excluded");
    const { status, because } = judge("overlay-entry-missing", given);
    assert.equal(status, "proven", because);
    assert.match(because, /flannel-v6\.1 of node n1 sends what is for node n2 to 2001:db8:18::88/);
    const both = { ...here, "transit node n1": { ...near, tracked: tracked(ours("SYN_SENT"), astray, wrapped) } };
    assert.equal(judge("overlay-port-blocked", { dials: silent, seen: { ...tunnel, ...both } }).status, "proven");
  });

  it("is only possible where all that is tracked goes to a third node: it may be for the pods there", () => {
    const n3 = nodeObject("n3", ["172.18.1.3", "2001:db8:18::103"], ["fd00:10:244:3::/64"]);
    const third = wrapped.replaceAll(":0102", ":0103");
    const here = {
      "transit node n1": {
        devices: { "flannel-v6.1": link(3) },
        counters: {},
        tracked: tracked(ours("SYN_SENT"), third),
      },
      "addresses node n2": parseIfInet6("20010db8001800000000000000000102 02 40 00 80 eth0\n"),
    };
    const given = { dials: silent, nodes: [n1, n2, n3], seen: { ...tunnel, ...here } };
    for (const id of ["overlay-port-blocked", "overlay-entry-missing"] as const)
      assert.equal(judge(id, given).status, "possible", id);
  });

  const there = (counters: object, ...lines: string[]) => ({
    "transit node n2": { devices: { eth0: link(5, 9) }, counters, tracked: tracked(control, ...lines) },
  });
  for (const [what, here, says] of [
    [
      "they come, and its device does not take them",
      there({}, wrapped),
      /node n2 tracks UDP 8472 from 2001:db8:18::101/,
    ],
    ["their checksum is refused", there({ Udp6InCsumErrors: 3 }), /node n2 refused 3 datagrams/],
    [
      "its device is down, or has another port",
      { "udp-ports node n2": [53, 4789] },
      /UDP 8472 is open on node n2 to nobody/,
    ],
    [
      "it tracks no such datagrams, by ip6tables",
      {
        "ip6tables node n2": seen.rules(
          "*raw\n:PREROUTING ACCEPT [0:0]\n[9:900] -A PREROUTING -p udp -m udp --dport 8472 -j CT --notrack\nCOMMIT\n",
        ),
      },
      /keeps them out of what it tracks/,
    ],
    [
      "it tracks no such datagrams, by nftables",
      { "nft-fate node n2": [{ translated: [], untracked: true }] },
      /nftables of node n2 keeps them out of what it tracks/,
    ],
    ["nobody may look", { "udp-ports node n2": nobody }, /the UDP ports of node n2 could not be read/],
  ] as const)
    it(`is only possible where it may be the far node itself: ${what}`, () => {
      const { status, because, fix } = judge("overlay-port-blocked", { dials: silent, seen: { ...tunnel, ...here } });
      assert.equal(status, "possible", because);
      assert.match(because, says);
      assert.match(fix ?? "", /Look at flannel-v6\.1 of node n2/);
    });

  const again = (port: number, seconds: number) =>
    wrapped.replace("sport=4 ", `sport=${port} `).replace(" 29 ", ` ${seconds} `);
  const sending = (...lines: string[]) => ({
    "transit node n1": {
      devices: { "flannel-v6.1": link(3) },
      counters: {},
      tracked: tracked(ours("SYN_SENT"), ...lines),
    },
  });
  for (const [what, near, far, expected] of [
    ["what came before is not what is sent now", [again(4, 12), again(5, 28)], [again(4, 12)], "proven"],
    ["what is sent now has come", [again(4, 28), again(5, 12)], [again(4, 28)], "possible"],
    ["what is sent all the time came once", [again(4, 26), again(5, 28)], [again(4, 3)], "possible"],
    ["nobody knows what is sent now", [], [again(4, 3)], "possible"],
  ] as const)
    it(`of packets that the far node tracks: ${what}`, () => {
      const seen = { ...tunnel, ...sending(...near), ...there({}, ...far) };
      const { status, because } = judge("overlay-port-blocked", { dials: silent, seen });
      assert.equal(status, expected, because);
    });

  const lookalikes: Record<string, object> = {
    "connections are not shown": { "transit node n1": { devices: { "flannel-v6.1": link(3) }, counters: {} } },
    "the nodes do not reach each other either": { "dial node n1": { ok: false, text: "", ms: 3500, tool: "nc" } },
  };

  for (const [what, here] of Object.entries(lookalikes))
    it(`is only possible where ${what}`, () =>
      assert.equal(judge("overlay-port-blocked", { dials: silent, seen: { ...tunnel, ...here } }).status, "possible"));

  it("is not where two nodes' overlays have one hardware address", () => {
    const told = (address: string) => ({ "flannel.alpha.coreos.com/backend-v6-data": `{"VtepMAC":"${address}"}` });
    const nodes = (...macs: string[]) =>
      [n1, n2].map((node, index) => ({
        ...node,
        metadata: { ...node.metadata, annotations: told(macs[index] ?? "") },
      }));
    const verdict = (...macs: string[]) =>
      judge("overlay-port-blocked", { dials: silent, seen: tunnel, nodes: nodes(...macs) }).status;
    assert.equal(verdict("02:00:00:00:00:01", "02:00:00:00:00:02"), "proven");
    assert.equal(verdict("02:00:00:00:00:01", "02:00:00:00:00:01"), "excluded");
  });

  const others: Record<string, object> = {
    "somebody else's packets moved the counter": {
      "transit node n1": { devices: { "flannel-v6.1": link(3) }, counters: {}, tracked: [] },
    },
    "the tunnel of the other node received something": {
      "transit node n2": { devices: { "flannel-v6.1": link(0, 2) }, counters: {}, tracked: tracked(control) },
    },
    "the other node passed it on": {
      "transit node n2": { devices: {}, counters: {}, tracked: tracked(control, ours("SYN_SENT")) },
    },
    "the tunnel did not send it": {
      "transit node n1": {
        devices: { "flannel-v6.1": link(0, 0, 3) },
        counters: {},
        tracked: tracked(ours("SYN_SENT")),
      },
    },
    "it only tracks what closed long ago": {
      "transit node n1": { devices: {}, counters: {}, tracked: tracked(ours("TIME_WAIT")) },
    },
    "packets travel without a tunnel": { "routes node n1": seen.routes(seen.staticDefault, seen.toN2) },
  };

  for (const [what, here] of Object.entries(others))
    it(`is not it where ${what}`, () => {
      const { status, because } = judge("overlay-port-blocked", { dials: silent, seen: { ...tunnel, ...here } });
      assert.ok(status === "excluded" || status === "unknown", because);
    });
});
