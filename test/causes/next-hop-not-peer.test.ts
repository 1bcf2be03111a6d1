import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseIfInet6 } from "#core/linux/if-inet6.ts";
import { judge, n1, n2, nobody, nodeObject } from "./case.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const lost = [{ outcome: "host-unreachable", ms: 3080 }] as const;
const noRoute = { ok: false, ms: 3080, text: "No route to host" };
const refused = { ok: false, ms: 5, text: "Connection refused" };
const global = (hex: string, length: string, device: string) => `${hex} 02 ${length} 00 80 ${device}\n`;
const n2Own = global("20010db8001800000000000000000102", "40", "eth0");

describe("next-hop-not-peer", () => {
  const stale = seen.toN2.replace("20010db8001800000000000000000102", "20010db8001800000000000000000099");
  const given = {
    dials: lost,
    nodes: [n1, n2, nodeObject("n3", ["172.18.1.3", "2001:db8:18::103"], ["fd00:10:244:3::/64"])],
    seen: {
      "routes node n1": seen.routes(seen.staticDefault, stale),
      "routes node n2": seen.routes(seen.staticDefault, seen.toN1),
      "addresses node n2": parseIfInet6(n2Own),
      "addresses node n1": seen.nodeAddresses,
      "dial node n1": noRoute,
      "policy-rules": [],
      "dial node n2": noRoute,
    },
  };

  it("names both", () => {
    const { status, because, fix } = judge("next-hop-not-peer", given);
    assert.equal(status, "proven", because);
    assert.match(because, /node n1 sends .* to 2001:db8:18::99 dev eth0, which is no address of node n2/);
    assert.match(fix ?? "", /2001:db8:18::102/);
  });

  // n1 knows the way, and n2 does not.
  const wayBack = {
    "routes node n1": seen.routes(seen.staticDefault, seen.toN2),
    "routes node n2": seen.routes(
      seen.staticDefault,
      seen.toN1.replace("20010db8001800000000000000000101", "20010db8001800000000000000000099"),
    ),
  };

  const byN3 = stale.replace("20010db8001800000000000000000099", "20010db8001800000000000000000103");
  const router = stale.replace("20010db8001800000000000000000099", "fd0000100244000100000000000000ff");

  variants("next-hop-not-peer", given, {
    "the next hop is the other node's": [{ "routes node n1": seen.routes(seen.staticDefault, seen.toN2) }, "excluded"],
    "it is the router everything goes to": [{ "routes node n1": seen.routes(seen.staticDefault, router) }, "possible"],
    "the other node lists the address, and has lost it": [
      { "routes node n1": seen.routes(seen.staticDefault, seen.toN2), "addresses node n2": seen.linkLocalOnly },
      "excluded",
    ],
    "the next hop is a third node, which knows the way": [
      { "routes node n1": seen.routes(seen.staticDefault, byN3), "routes node n3": seen.routes(seen.toN2) },
      "possible",
    ],
    "a third node, which may not be looked at": [
      { "routes node n1": seen.routes(seen.staticDefault, byN3), "routes node n3": nobody },
      "possible",
    ],
    "a third node, which knows of no way": [
      { "routes node n1": seen.routes(seen.staticDefault, byN3), "routes node n3": [] },
      "proven",
    ],
    "it is the way back, and its node finds nobody": [wayBack, "proven"],
    "it is the way back, and somebody is there": [{ ...wayBack, "dial node n2": refused }, "possible"],
    "it is the way back, and nobody can dial there": [{ ...wayBack, "dial node n2": nobody }, "possible"],
    "a second router has the address, and other neighbours are looked for in vain": [
      { "dial node n1": refused },
      "possible",
    ],
    "only the default route is left": [{ "routes node n1": seen.routes(seen.staticDefault) }, "excluded"],
    "a rule takes what comes from pods to another table": [{ "policy-rules node n1": seen.podsByTable100 }, "possible"],
    "nobody can dial it": [{ "dial node n1": nobody }, "possible"],
    "nobody may look at the other node": [{ "addresses node n2": nobody }, "unknown"],
  });
});
