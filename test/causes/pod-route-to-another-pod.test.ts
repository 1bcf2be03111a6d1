import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseIfInet6 } from "#core/linux/if-inet6.ts";
import { judge, nobody } from "./case.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const noRoute = { ok: false, ms: 3080, text: "No route to host" };
const refused = { ok: false, ms: 5, text: "Connection refused" };
const toB = (device: string) => seen.toPodB.replace("cali1", device);
const other = toB("cali2").replace("fd000010024400020000000000000011", "fd000010024400010000000000000012");
const otherOfN2 = other.replace("fd0000100244000100", "fd0000100244000200");
const pair = (index: number, peer: number) => ({ index, peer, up: true });
const onNode = { eth0: pair(2, 2), cali1: pair(5, 3), cali2: pair(6, 3), cni0: pair(7, 7) };

describe("pod-route-to-another-pod", () => {
  const given = {
    dials: [
      { outcome: "host-unreachable", ms: 3080 },
      { outcome: "ok", family: "IPv4", ms: 9 },
    ],
    seen: {
      "routes node n1": seen.routes(seen.staticDefault, seen.toN2, other, toB("cali2")),
      "routes node n2": seen.routes(seen.staticDefault, seen.toN1, toB("cali1")),
      "routes pod default/b": seen.routes(seen.staticDefault),
      "addresses node n2": parseIfInet6("20010db8001800000000000000000102 02 40 00 80 eth0\n"),
      "addresses pod default/b": [],
      "devices node n1": onNode,
      "devices node n2": onNode,
      "devices pod default/b": { lo: pair(1, 1), eth0: pair(3, 5) },
      "dial node n1": noRoute,
      "dial node n2": noRoute,
      "policy-rules": [],
    },
  } as const;

  it("the old node keeps the route of a pod that is gone, whose address was given out again", () => {
    const { status, because, fix } = judge("pod-route-to-another-pod", given);
    assert.equal(status, "proven", because);
    assert.match(because, /node n1 sends .* of pod default\/b, which runs on node n2, to its own cali2/);
    assert.match(fix ?? "", /ip -6 route del fd00:10:244:2::11\/128 dev cali2/);
  });

  const right = { "routes node n1": seen.routes(seen.staticDefault, seen.toN2, other) };

  variants("pod-route-to-another-pod", given, {
    "its way is that of its node's pods": [right, "excluded"],
    "its own node sends it to the link of another pod": [
      { ...right, "routes node n2": seen.routes(seen.toN1, otherOfN2, toB("cali2")) },
      "proven",
    ],
    "its own node sends it to the bridge, which is no pod's link": [
      { ...right, "routes node n2": seen.routes(seen.toN1, otherOfN2.replace("cali2", "cni0"), toB("cni0")) },
      "possible",
    ],
    "nobody can tell which link is its own": [
      { ...right, "routes node n2": seen.routes(seen.toN1, otherOfN2, toB("cali2")), "devices pod default/b": nobody },
      "unknown",
    ],
    "no other pod has that link": [
      { "routes node n1": seen.routes(seen.staticDefault, seen.toN2, toB("cali2")) },
      "possible",
    ],
    "somebody answers there": [{ "dial node n1": refused }, "possible"],
    "nobody can dial there": [{ "dial node n1": nobody }, "possible"],
    "a rule takes what comes from pods to another table": [{ "policy-rules node n1": seen.podsByTable100 }, "possible"],
    "the devices of the node cannot be read": [{ "devices node n1": nobody }, "possible"],
    "its routes cannot be read": [{ "routes node n1": nobody }, "unknown"],
  });
});
