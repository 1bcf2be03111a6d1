import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseIfInet6 } from "#core/linux/if-inet6.ts";
import { a, b, judge, n1, n2, nodeObject, podObject } from "./case.ts";
import { exampleOf } from "./example.ts";
import { link, ours, tracked, tunnel, wrapped } from "./overlay.ts";

const given = exampleOf("overlay-identity-shared");
const [, second] = given.nodes ?? [];

describe("overlay-identity-shared", () => {
  it("is proven by a node with a MAC of its own that is reached beside it", () => {
    const { status, because } = judge("overlay-identity-shared", given);
    assert.equal(status, "proven", because);
    assert.match(because, /VtepMAC 5a:11:22:33:44:02 of nodes n2 and n4; other-node on node n3 is reached/);
  });

  it("is only possible where nothing else is reached", () => {
    const dials = [{ outcome: "timeout", ms: 3500 }] as const;
    assert.equal(judge("overlay-identity-shared", { ...given, dials }).status, "possible");
  });

  it("is not where the MACs differ, are not told, or the pair is elsewhere", () => {
    const different = (given.nodes ?? []).filter((node) => node !== second);
    assert.equal(judge("overlay-identity-shared", { ...given, nodes: different }).status, "excluded");
    assert.equal(judge("overlay-identity-shared", { ...given, nodes: [n1, n2] }).status, "excluded");
  });

  describe("among three nodes, of which two are clones", () => {
    const told = (mac: number) => ({
      "flannel.alpha.coreos.com/backend-v6-data": `{"VNI":1,"VtepMAC":"5a:11:22:33:44:0${mac}"}`,
    });
    const nodes = (third: number) => [
      { ...n1, metadata: { ...n1.metadata, annotations: told(1) } },
      { ...n2, metadata: { ...n2.metadata, annotations: told(2) } },
      nodeObject("n3", ["172.18.1.3", "2001:db8:18::103"], ["10.244.3.0/24", "fd00:10:244:3::/64"], told(third)),
    ];
    const sending = (...hosts: string[]) => ({
      ...tunnel,
      "addresses node n2": parseIfInet6("20010db8001800000000000000000102 02 40 00 80 eth0\n"),
      "transit node n1": {
        devices: { "flannel-v6.1": link(3) },
        counters: {},
        tracked: tracked(ours("SYN_SENT"), ...hosts.map(wrapped)),
      },
    });
    const dials = [
      { outcome: "timeout", ms: 3500 },
      { outcome: "ok", pod: 2, ms: 2 },
    ] as const;
    const case3 = {
      pods: [a, b, podObject("c", "n3", ["10.244.3.11", "fd00:10:244:3::11"])],
      nodes: nodes(2),
      dials,
      seen: sending("0103"),
    };

    it("is proven where what is for one goes to the other, which is reached", () => {
      const { status, because } = judge("overlay-identity-shared", case3);
      assert.equal(status, "proven", because);
      assert.match(because, /flannel-v6\.1 of node n1 sends what is for node n2 to 2001:db8:18::103 of node n3/);
      const other = judge("overlay-entry-missing", case3);
      assert.equal(other.status, "excluded", other.because);
    });

    it("is only possible where it goes to both, the other is not reached, or none of it is seen", () => {
      const others = [
        { ...case3, seen: sending("0103", "0102") },
        { ...case3, dials: dials.slice(0, 1) },
        { ...case3, seen: sending() },
      ];
      for (const one of others) assert.equal(judge("overlay-identity-shared", one).status, "possible");
    });

    it("is not where the third node has an address of its own: its entry may be wrong", () => {
      const apart = { ...case3, nodes: nodes(3) };
      assert.equal(judge("overlay-identity-shared", apart).status, "excluded");
      assert.equal(judge("overlay-entry-missing", apart).status, "possible");
    });
  });
});
