import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseIfInet6 } from "#core/linux/if-inet6.ts";
import { parseIpNeigh } from "#core/linux/ip-neigh.ts";
import { judge, nobody } from "./case.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const gateway = parseIfInet6(
  "20010db8001800000000000000000101 02 40 00 80 eth0\nfd0000100244000100000000000000ff 03 40 00 80 cni0\n",
);
const silent = { ok: false, text: "", ms: 2000, tool: "nc" };
const wrong = "fd00:10:244:1::ff dev eth0 lladdr 02:00:00:00:99:99 PERMANENT \n";
const ofNode = { eth0: { hardware: "02:00:00:00:00:0a" }, cni0: { hardware: "02:00:00:00:00:01" } };
const given = {
  dials: [
    { outcome: "timeout", ms: 3500 },
    { outcome: "ok", family: "IPv4", ms: 9 },
  ],
  seen: {
    "routes pod default/a": seen.routes(seen.staticDefault),
    "routes pod default/b": seen.routes(seen.staticDefault),
    "routes node n1": seen.routes(seen.staticDefault, seen.toN2),
    "routes node n2": seen.routes(seen.staticDefault, seen.toN1),
    "addresses node n1": gateway,
    "addresses node n2": parseIfInet6("20010db8001800000000000000000102 02 40 00 80 eth0\n"),
    "addresses pod default/a": seen.podAddresses,
    "addresses pod default/b": seen.podAddresses,
    neighbours: [],
    "neighbours pod default/a": parseIpNeigh(wrong),
    "devices node n1": ofNode,
    "devices node n2": { eth0: { hardware: "02:00:00:00:00:0b" } },
    "dial pod default/a": silent,
    "dial node n1": silent,
  },
} as const;
const answered = { ok: false, text: "nc: Connection refused", ms: 3, tool: "nc" };

describe("neighbour-entry-outdated", () => {
  it("names who keeps it, and for whom", () => {
    const { status, because } = judge("neighbour-entry-outdated", given);
    assert.equal(status, "proven", because);
    assert.match(because, /pod default\/a keeps 02:00:00:00:99:99 for fd00:10:244:1::ff .*node n1 has no such/);
  });

  it("between the nodes", () => {
    const { status, because } = judge("neighbour-entry-outdated", {
      ...given,
      seen: {
        ...given.seen,
        "neighbours pod default/a": [],
        "neighbours node n1": parseIpNeigh("2001:db8:18::102 dev eth0 lladdr 02:00:00:00:99:99 router PERMANENT\n"),
      },
    });
    assert.equal(status, "proven", because);
    assert.match(because, /node n1 keeps .* for 2001:db8:18::102 .*node n2 has no such/);
  });

  variants("neighbour-entry-outdated", given, {
    "it is one of the node's own": [
      { "neighbours pod default/a": parseIpNeigh(wrong.replace("02:00:00:00:99:99", "02:00:00:00:00:01")) },
      "excluded",
    ],
    "it was learnt, and is asked for again": [
      { "neighbours pod default/a": parseIpNeigh(wrong.replace("PERMANENT", "REACHABLE")) },
      "excluded",
    ],
    "it is on another device": [
      { "neighbours pod default/a": parseIpNeigh(wrong.replace("eth0", "net1")) },
      "excluded",
    ],
    "the node has it on another device, as for a virtual address": [
      { "devices node n1": { ...ofNode, vrrp: { hardware: "02:00:00:00:99:99" } } },
      "excluded",
    ],
    "something on the way puts the right one in its place": [{ "dial pod default/a": answered }, "excluded"],
    "nobody answers for the node itself, and another port of the pod refuses": [
      { "dial pod default/a to fd00:10:244:2::11": answered },
      "excluded",
    ],
    "nobody dials the node": [{ "dial pod default/a": nobody }, "possible"],
    "nobody reads the pod's neighbours": [{ "neighbours pod default/a": nobody }, "unknown"],
    "nobody reads the node's devices": [{ "devices node n1": nobody }, "unknown"],
    "the gateway is a router that nobody looks into": [
      { "addresses node n1": seen.nodeAddresses, "neighbours node n1": [] },
      "excluded",
    ],
  });
});
