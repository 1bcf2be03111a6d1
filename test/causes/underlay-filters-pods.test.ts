import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseIfInet6 } from "#core/linux/if-inet6.ts";
import { parsePolicyRules } from "#core/linux/policy-rules.ts";
import { judge, nobody } from "./case.ts";
import * as seen from "./observed.ts";
import { silent, tunnel } from "./overlay.ts";

const noDrops = seen.harmlessRules;

const kernelRules = "0:\tfrom all lookup local\n32766:\tfrom all lookup main\n";

describe("underlay-filters-pods", () => {
  const passes = [{ translated: [] }, { translated: [] }];
  const routed = {
    ...tunnel,
    "routes node n1": seen.routes(seen.staticDefault, seen.toN2),
    "routes node n2": seen.routes(seen.staticDefault, seen.toN1),
    "ip6tables node n2": noDrops,
    "nft-fate node n1": passes,
    "nft-fate node n2": passes,
    "routes pod default/a": seen.routes(seen.staticDefault),
    "addresses node n1": parseIfInet6(
      "20010db8001800000000000000000101 02 40 00 80 eth0\nfd0000100244000100000000000000ff 03 40 00 80 cni0\n",
    ),
    "policy-rules node n1": parsePolicyRules(kernelRules),
    "dial pod default/a to 2001:db8:18::101": { ok: true, text: "", ms: 2, tool: "nc" },
  };

  it("the other node sees the node's own connection, and never the pod's", () => {
    const { status, because } = judge("underlay-filters-pods", { dials: silent, seen: routed });
    assert.equal(status, "proven", because);
    assert.match(because, /node n2 tracks what comes from 2001:db8:18::101, and no connection from the pod/);
  });

  it("what the other node may have dropped itself is no proof", () => {
    const dropping = seen.rules(
      "*raw\n:PREROUTING ACCEPT [0:0]\n[4:320] -A PREROUTING -s fd00:10:244:1::/64 -j DROP\nCOMMIT\n",
    );
    const forwarded = { ...routed["transit node n2"], counters: { Ip6InAddrErrors: 3 } };
    const stop = { verdict: "drop", hook: "prerouting", table: "inet firewalld", chain: "rpf" };
    const rule = "meta nfproto ipv6 fib saddr . mark . iif oif missing drop";
    const notrack = seen.rules(
      "*raw\n:PREROUTING ACCEPT [0:0]\n[4:320] -A PREROUTING -s fd00:10:244::/48 -j CT --notrack\nCOMMIT\n",
    );
    // The node looks for the pod itself, which may be gone.
    const onLink = seen.toN2
      .replace("20010db8001800000000000000000102", "0".repeat(32))
      .replace("00000003", "00000001");
    for (const here of [
      { "ip6tables node n2": dropping },
      { "ip6tables node n2": notrack },
      { "routes node n1": seen.routes(seen.staticDefault, onLink) },
      { "nft-fate node n2": [{ translated: [], untracked: true }, passes[1]] },
      { "nft-fate node n2": [{ perhaps: { ...stop, rule }, translated: [] }, passes[1]] },
      { "nft-fate node n2": nobody },
      { "transit node n2": forwarded },
      { "transit node n1": { devices: {}, counters: {} } },
    ])
      assert.notEqual(judge("underlay-filters-pods", { dials: silent, seen: { ...routed, ...here } }).status, "proven");
  });

  it("what another routing table, or another machine on the pod's own link, has taken never came between the nodes", () => {
    const diverted = parsePolicyRules(`${kernelRules}100:\tfrom fd00:10:244:1::/64 lookup 100\n`)?.toSorted(
      (a, b) => a.priority - b.priority,
    );
    const rogue = { "routes pod default/a": seen.routes(seen.advertisedDefault) };
    const judged = (here: object) => judge("underlay-filters-pods", { dials: silent, seen: { ...routed, ...here } });
    assert.equal(judged({ "policy-rules node n1": diverted }).status, "excluded");
    assert.equal(judged(rogue).status, "excluded");
    const unread = judged({ "policy-rules node n1": nobody });
    assert.equal(unread.status, "possible");
    assert.match(unread.missing ?? "", /chooses a routing table/);
    // A bridge floods, and tracks, what goes to a wrong neighbour.
    const silentNode = judged({ "dial pod default/a to 2001:db8:18::101": { ok: false, text: "", ms: 1500 } });
    assert.equal(silentNode.status, "possible");
    assert.match(silentNode.missing ?? "", /not to a wrong neighbour/);
    const egress = { verdict: "drop", hook: "egress", table: "netdev out", chain: "e", rule: "drop" };
    assert.equal(judged({ "nft-fate node n1": [{ perhaps: egress, translated: [] }, passes[1]] }).status, "possible");
  });
});
