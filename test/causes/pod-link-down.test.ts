import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseIfInet6 } from "#core/linux/if-inet6.ts";
import { judge, nobody } from "./case.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const bridge = parseIfInet6("fd0000100244000100000000000000ff 05 40 00 80 cni0\n");
const inPod = { lo: { index: 1, peer: 1 }, eth0: { index: 2, peer: 7, up: true } };
const onNode = {
  eth0: { index: 2, peer: 4, up: true },
  cni0: { index: 5, peer: 5, up: true },
  veth1: { index: 7, peer: 2, up: true, master: 5 },
  veth2: { index: 8, peer: 2, up: true, master: 5 },
};
const down = { ...onNode, veth1: { ...onNode.veth1, up: false } };
const given = {
  dials: [
    { outcome: "host-unreachable", ms: 3040 },
    { outcome: "timeout", family: "IPv4", ms: 1500 },
  ],
  seen: {
    devices: inPod,
    "devices node n1": down,
    "devices node n2": onNode,
    addresses: seen.podAddresses,
    "addresses node n1": bridge,
    "addresses node n2": bridge,
    routes: seen.routes(seen.staticDefault),
  },
} as const;
const offBridge = { ...onNode, veth1: { index: 7, peer: 2, up: true } };

const toPodBy = (device: string) =>
  `fd000010024400010000000000000011 80 00000000000000000000000000000000 00 00000000000000000000000000000000 00000400 00000001 00000000 00000001 ${device}`;

describe("pod-link-down", () => {
  it("names the node's device", () => {
    const { status, because, family } = judge("pod-link-down", given);
    assert.equal(status, "proven", because);
    assert.equal(family, "both");
    assert.match(because, /^veth1 of node n1, the node's end of the link of pod default\/a, is down$/);
  });

  variants("pod-link-down", given, {
    "it is a port of no bridge": [{ "devices node n1": offBridge }, "proven"],
    "it is a port of no bridge, and its node sends there without one": [
      { "devices node n1": offBridge, "routes node n1": seen.routes(toPodBy("veth1")) },
      "excluded",
    ],
    "the link of the pod that is dialled is": [{ "devices node n1": onNode, "devices node n2": down }, "proven"],
    "the pod's gateway is on no bridge, as under a routed plugin": [
      { "devices node n1": offBridge, "addresses node n1": seen.nodeAddresses },
      "excluded",
    ],
    "another pod's end is down": [
      { "devices node n1": { ...onNode, veth2: { ...onNode.veth2, up: false } } },
      "excluded",
    ],
    "the device of that number has its other end elsewhere": [
      { "devices node n1": { ...down, veth1: { ...down.veth1, peer: 9 } } },
      "unknown",
    ],
    "it is up, and nobody sees where the gateway is": [
      { "devices node n1": onNode, "addresses node n1": nobody },
      "unknown",
    ],
    "nobody looks into the pod": [{ devices: nobody }, "unknown"],
    "nobody looks at the node": [{ "devices node n1": nobody }, "unknown"],
  });

  it("is excluded where the same dial works over IPv4", () => {
    const [lost] = given.dials;
    const dials = [lost, { outcome: "ok", family: "IPv4", ms: 3 }] as const;
    assert.equal(judge("pod-link-down", { ...given, dials }).status, "excluded");
  });
});
