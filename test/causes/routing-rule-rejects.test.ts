import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseRouteGet, parseRouteTable } from "#core/linux/ip-route.ts";
import { parsePolicyRules } from "#core/linux/policy-rules.ts";
import { judge, nobody } from "./case.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const kernel = "0:\tfrom all lookup local\n32766:\tfrom all lookup main\n";
const rules = (...own: string[]) => parsePolicyRules(own.map((one) => `${one}\n`).join("") + kernel);
const get = (text: string) => parseRouteGet(text, "fd00:10:244:2::11");
const onward = "fd00:10:244:2::11 from fd00:10:244:1::11 via 2001:db8:18::102 dev eth0 metric 1024 iif cni0\n";
const own = "fd00:10:244:2::11 from :: via 2001:db8:18::102 dev eth0 src 2001:db8:18::101 metric 1024 pref medium\n";
const ownPods = seen.toN1
  .replace("20010db8001800000000000000000101", "0".repeat(32))
  .replace("00000003", "00000001")
  .replace("eth0", "cni0");
const watched = { "transit node n1": nobody, "transit node n2": nobody, "dial node n1": nobody };
const given = {
  dials: [
    { outcome: "timeout", ms: 3500 },
    { outcome: "ok", family: "IPv4", ms: 9 },
  ],
  seen: {
    "routes node n1": seen.routes(seen.staticDefault, seen.toN2, ownPods),
    "routes node n2": seen.routes(seen.staticDefault, seen.toN1),
    "policy-rules node n1": rules("100:\tfrom fd00:10:244:1::/64 lookup 100"),
    "policy-rules node n2": rules(),
    "route-table node n1": parseRouteTable("blackhole default dev lo metric 1024 pref medium\n"),
    "route-get node n1 from fd00:10:244:1::11": get("ip: RTNETLINK answers: Invalid argument\n"),
    "route-get node n1": get("RTNETLINK answers: Invalid argument\n"),
    ...watched,
  },
} as const;
describe("routing-rule-rejects", () => {
  it("names the rule, its table and the route in it", () => {
    const { status, because } = judge("routing-rule-rejects", given);
    assert.equal(status, "proven", because);
    assert.match(because, /node n1 rejects what goes from fd00:10:244:1::11 to fd00:10:244:2::11/);
    assert.match(because, /"from fd00:10:244:1::\/64 lookup 100" looks up table 100.*blackhole default/);
  });

  variants("routing-rule-rejects", given, {
    "a rule rejects by itself": [
      { "policy-rules node n1": rules("100:\tfrom fd00:10:244:1::/64 prohibit"), "route-table node n1": nobody },
      "proven",
    ],
    "ip does not show what rejects, and the node itself has a way": [
      { "route-table node n1": parseRouteTable(""), "route-get node n1": get(own) },
      "proven",
    ],
    "the node itself is rejected too, and the table is empty": [
      { "route-table node n1": parseRouteTable("Error: ipv6: FIB table does not exist.\nDump terminated\n") },
      "unknown",
    ],
    "the table's route is for others, and the kernel rejects it all the same": [
      { "route-table node n1": parseRouteTable("unreachable fd00:99::/64 dev lo metric 1024\n") },
      "unknown",
    ],
    "the table has no route for it, and leaves it to the next rule": [
      { "route-table node n1": parseRouteTable(""), "route-get node n1 from fd00:10:244:1::11": get(onward) },
      "excluded",
    ],
    "the rule is for other sources": [
      { "policy-rules node n1": rules("100:\tfrom fd00:10:244:9::/64 lookup 100") },
      "excluded",
    ],
    "the kernel itself sends it on": [
      {
        "route-get node n1 from fd00:10:244:1::11": get(onward),
      },
      "excluded",
    ],
    "a rule before it asks for a mark": [
      {
        "policy-rules node n1": rules(
          "50:\tfrom all fwmark 0x10/0xff lookup 50",
          "100:\tfrom fd00:10:244:1::/64 lookup 100",
        ),
      },
      "possible",
    ],
    "a rule before it looks up the table main": [
      {
        "policy-rules node n1": rules(
          "50:\tfrom all to fd00:10:244:2::/64 lookup main",
          "100:\tfrom fd00:10:244:1::/64 lookup 100",
        ),
      },
      "possible",
    ],
    "the node tracks the connection": [{ "transit node n1": seen.tracked }, "excluded"],
    "nobody reads the routes, which say by what device it comes": [{ "routes node n1": nobody }, "unknown"],
    "nobody reads the rules": [{ "policy-rules node n1": nobody }, "unknown"],
    "nobody asks the kernel": [{ "route-get node n1 from fd00:10:244:1::11": nobody }, "unknown"],
  });

  it("names the far node for the answers", () => {
    const back = {
      ...given,
      seen: {
        ...given.seen,
        "routes node n2": seen.routes(
          seen.staticDefault,
          seen.toN1,
          seen.toN2
            .replace("20010db8001800000000000000000102", "0".repeat(32))
            .replace("00000003", "00000001")
            .replace("eth0", "cni0"),
        ),
        "policy-rules node n1": rules(),
        "policy-rules node n2": rules("100:\tfrom fd00:10:244:2::/64 unreachable"),
        "route-get node n2": { rejects: "unreachable" },
      },
    } as const;
    const { status, because } = judge("routing-rule-rejects", back);
    assert.equal(status, "proven", because);
    assert.match(because, /node n2 rejects what goes from fd00:10:244:2::11 to fd00:10:244:1::11/);
  });

  const atFar = {
    ...given,
    seen: {
      ...given.seen,
      "policy-rules node n1": rules(),
      "policy-rules node n2": rules("100:\tfrom fd00:10:244:1::/64 prohibit"),
      "route-get node n2 from fd00:10:244:1::11": { rejects: "prohibit" },
    },
  } as const;
  const masquerade = {
    "ip6tables node n1": seen.rules("*nat\n[3:240] -A POSTROUTING -s fd00:10:244::/48 -j MASQUERADE\nCOMMIT\n"),
  };
  it("names the far node for what is dialled", () => {
    assert.equal(judge("routing-rule-rejects", atFar).status, "proven");
  });
  variants("routing-rule-rejects", atFar, {
    "the other node puts its own address in the place of the pod's": [
      { ...masquerade, "transit node n1": seen.translated },
      "excluded",
    ],
    "the other node may, and does not show it": [masquerade, "unknown"],
  });
});
