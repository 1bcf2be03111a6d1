import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parsePolicyRules } from "#core/linux/policy-rules.ts";
import { judge, nobody } from "./case.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const dial = (text: string, ms: number) => ({ ok: false, text, ms, tool: "nc" });
const given = {
  dials: [
    { outcome: "timeout", ms: 3500 },
    { outcome: "ok", family: "IPv4", ms: 9 },
  ],
  seen: {
    "routes pod default/a": seen.routes(seen.staticDefault),
    "routes node n1": seen.routes(seen.staticDefault, seen.blackholeN2),
    "routes node n2": seen.routes(seen.staticDefault, seen.toN1),
    "dial node n1": dial("nc: Invalid argument", 0),
    "policy-rules": [],
  },
} as const;
const byMark = parsePolicyRules(
  "0:\tfrom all lookup local\n100:\tfrom all fwmark 0x66 lookup 100\n32766:\tfrom all lookup main\n",
);
const lasting = (text: string, ms: number) => ({ "dial node n1": dial(text, ms) });

describe("blackhole-route", () => {
  it("names the node and the prefix it rejects", () => {
    const { status, because } = judge("blackhole-route", given);
    assert.equal(status, "proven", because);
    assert.match(because, /node n1.*fd00:10:244:2::\/64/);
  });
  variants("blackhole-route", given, {
    "it is the far node's own block, whose pod has no route": [
      {
        "routes node n1": seen.routes(seen.staticDefault, seen.toN2),
        "routes node n2": seen.routes(seen.toN1, seen.blackholeN2),
      },
      "excluded",
    ],
    "the node's own dial waits: the route is in a table that it does not look up": [lasting("", 3500), "possible"],
    "the node's own dial is told so by somebody else": [lasting("nc: No route to host", 1040), "possible"],
    "the node cannot dial": [{ "dial node n1": nobody }, "possible"],
    "the pod's own table rejects it, and its dial waits all the same": [
      {
        "routes pod default/a": seen.routes(seen.staticDefault, seen.blackholeN2),
        "routes node n1": seen.routes(seen.staticDefault, seen.toN2),
      },
      "excluded",
    ],
    "a rule takes what comes from pods to another table": [{ "policy-rules node n1": seen.podsByTable100 }, "possible"],
    "a rule takes what carries a mark, which a rule of ip6tables sets": [
      {
        "policy-rules node n1": byMark,
        "ip6tables node n1": seen.rules(
          "*mangle\n[3:240] -A PREROUTING -s fd00:10:244:1::/64 -j MARK --set-xmark 0x66/0xffffffff\nCOMMIT\n",
        ),
      },
      "possible",
    ],
    "the same, which one of nftables sets": [
      { "policy-rules node n1": byMark, ip6tables: seen.harmlessRules, "nft-fate": [{ translated: [], marked: true }] },
      "possible",
    ],
    "the same, which nobody sets": [
      { "policy-rules node n1": byMark, ip6tables: seen.harmlessRules, "nft-fate": [{ translated: [] }] },
      "proven",
    ],
    "the rules that choose a table could not be read": [{ "policy-rules": nobody }, "possible"],
    "the route leads on": [{ "routes node n1": seen.routes(seen.staticDefault, seen.toN2) }, "excluded"],
  });

  it("in the pod it is the kernel that says so", () => {
    const here = {
      dials: [{ outcome: "invalid", ms: 0 }],
      seen: { ...given.seen, "routes pod default/a": seen.routes(seen.staticDefault, seen.blackholeN2) },
    } as const;
    const { status, because } = judge("blackhole-route", here);
    assert.equal(status, "proven", because);
    assert.match(because, /pod default\/a rejects/);
  });
});
