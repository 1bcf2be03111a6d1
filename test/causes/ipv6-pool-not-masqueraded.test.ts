import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody, unserved } from "./case.ts";
import * as seen from "./observed.ts";

const silent = [{ outcome: "timeout", ms: 2000 }] as const;
const outside = [{ outcome: "timeout", scope: "outside", ms: 2000 }] as const;
const pool = (cidr: string, more: object = {}) => ({ metadata: { name: cidr }, spec: { cidr, ...more } });

const host = "2001:db8:ffff::1";
const left = (answersTo: string) => {
  const original = { source: "fd00:10:244:1::11", destination: host, sourcePort: 1, destinationPort: 8080 };
  const reply = { source: host, destination: answersTo, sourcePort: 8080, destinationPort: 1 };
  return {
    devices: {},
    counters: {},
    tracked: [{ protocol: "tcp", state: "SYN_SENT", unreplied: true, original, reply }],
  };
};

describe("ipv6-pool-not-masqueraded", () => {
  it("the node gets out, its pods with a unique local address do not", () => {
    const dial = { ok: true, ms: 10, tool: "bash", text: "" };
    const here = {
      dial,
      transit: left("fd00:10:244:1::11"),
      "daemon-sets": [],
      "calico-pools": [pool("fd00:10:244::/48", { natOutgoing: false })],
      ip6tables: seen.harmlessRules,
      nftables: seen.noNft,
    };
    assert.equal(judge("ipv6-pool-not-masqueraded", { dials: outside, seen: here }).status, "proven");
    const another = { outcome: "ok", scope: "outside", host: "2001:db8:ffff::2" } as const;
    assert.equal(
      judge("ipv6-pool-not-masqueraded", { dials: [...outside, another], seen: here }).status,
      "possible",
      "somebody outside answers the pod: a router further out translates",
    );
    const cilium = { metadata: { namespace: "kube-system", name: "cilium" }, spec: {} };
    const config = (value: string) => ({
      metadata: { name: "cilium-config" },
      data: { "enable-ipv6-masquerade": value },
    });
    for (const [what, seen, status] of [
      ["a filter dropped it before it left", { transit: { devices: {}, counters: {}, tracked: [] } }, "possible"],
      ["the node does not list what it tracks", { transit: nobody }, "possible"],
      ["somebody translates it all the same", { transit: left("2001:db8:18::101") }, "possible"],
      ["Cilium translates", { "daemon-sets": [cilium], "config-map": config("true") }, "possible"],
      ["Cilium is told not to", { "daemon-sets": [cilium], "config-map": config("false") }, "proven"],
    ] as const)
      assert.equal(
        judge("ipv6-pool-not-masqueraded", { dials: outside, seen: { ...here, ...seen } }).status,
        status,
        what,
      );
    const unread = judge("ipv6-pool-not-masqueraded", { dials: outside, seen: { ...here, nftables: nobody } });
    assert.equal(unread.status, "possible", "flannel may masquerade in nftables");
    assert.match(unread.missing ?? "", /nftables on node n1/);
    const flannel = { nftables: { ...seen.noNft, masquerades: ["ip6 flannel-ipv6 postrtg"] } };
    const by = (transit: object) =>
      judge("ipv6-pool-not-masqueraded", { dials: outside, seen: { ...here, ...flannel, transit } });
    assert.equal(by(left("2001:db8:18::101")).status, "excluded");
    const others = by(left("fd00:10:244:1::11"));
    assert.equal(others.status, "proven", "what it masquerades is for others");
    assert.match(others.because, /is for others: ip6 flannel-ipv6 postrtg/);
    const toolless = { ...here, dial: nobody, "calico-pools": unserved };
    assert.equal(
      judge("ipv6-pool-not-masqueraded", { dials: outside, seen: toolless }).status,
      "possible",
      "nothing on the node can dial",
    );
    const stuck = { ...here, dial: { ok: false, ms: 2000, tool: "bash", text: "" } };
    assert.equal(judge("ipv6-pool-not-masqueraded", { dials: outside, seen: stuck }).status, "unknown");
    const masquerading = seen.rules("*nat\n[3:240] -A POSTROUTING -s fd00:10:244::/48 -j MASQUERADE\nCOMMIT\n");
    const translated = {
      dial,
      nftables: seen.noNft,
      "calico-pools": [pool("fd00:10:244::/48", { natOutgoing: true })],
      ip6tables: masquerading,
    };
    assert.equal(judge("ipv6-pool-not-masqueraded", { dials: outside, seen: translated }).status, "excluded");
    const both = (more: object) =>
      judge("ipv6-pool-not-masqueraded", { dials: [...outside, ...silent], seen: { ...here, ...more } }).status;
    assert.equal(both({}), "proven", "what is lost inside as well has left all the same");
    assert.equal(both({ transit: nobody }), "unknown", "the same may take what goes outside");
  });
});
