import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import * as seen from "./observed.ts";
import { silent, tunnel } from "./overlay.ts";

const noDrops = seen.harmlessRules;

describe("underlay-filters-pods", () => {
  const passes = [{ translated: [] }, { translated: [] }];
  const routed = {
    ...tunnel,
    "routes node n1": seen.routes(seen.staticDefault, seen.toN2),
    "routes node n2": seen.routes(seen.staticDefault, seen.toN1),
    ip6tables: noDrops,
    "nft-fate node n2": passes,
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
    for (const here of [
      { ip6tables: dropping },
      { "nft-fate node n2": [{ perhaps: { ...stop, rule }, translated: [] }, passes[1]] },
      { "nft-fate node n2": nobody },
      { "transit node n2": forwarded },
      { "transit node n1": { devices: {}, counters: {} } },
    ])
      assert.notEqual(judge("underlay-filters-pods", { dials: silent, seen: { ...routed, ...here } }).status, "proven");
  });
});
