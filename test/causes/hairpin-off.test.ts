import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import { exampleOf } from "./example.ts";
import { variants } from "./variants.ts";

const given = exampleOf("hairpin-off");
const own = "fd00:10:244:1::11";
const connection = (reply: object, more: object = {}) => {
  const original = { source: own, destination: "fd00:10:96::80", sourcePort: 1, destinationPort: 8080 };
  const answer = { source: own, destination: own, sourcePort: 8080, destinationPort: 1, ...reply };
  const tracked = [{ protocol: "tcp", state: "SYN_SENT", unreplied: true, original, reply: answer, ...more }];
  return { transit: { devices: {}, counters: {}, tracked } };
};
const endpoints = (...addresses: string[]) => ({
  "endpoint-slices": [{ addressType: "IPv6", endpoints: [{ addresses, conditions: { ready: true } }] }],
});

describe("hairpin-off", () => {
  it("is proven where the pod is alone behind its Service, and no port lets a packet return", () => {
    const { status, because } = judge("hairpin-off", given);
    assert.equal(status, "proven", because);
    assert.match(because, /is the only ready IPv6 endpoint .*, and none of the 2 ports/);
  });

  variants("hairpin-off", given, {
    "others are behind the Service": [endpoints(own, "fd00:10:244:1::12"), "unknown"],
    "nothing masquerades it": [connection({}), "proven"],
    "it came back, masqueraded": [connection({ destination: "fd00:10:244:1::1" }), "excluded"],
    "it went to another pod": [connection({ source: "fd00:10:244:1::12" }), "excluded"],
    "it was answered": [connection({}, { unreplied: false }), "excluded"],
    "the ports let packets return": [{ bridge: { callsIp6tables: 1, hairpin: { veth1: 1, veth2: 1 } } }, "possible"],
    "the bridge itself translates nothing": [{ bridge: { callsIp6tables: 0, hairpin: { veth1: 0 } } }, "possible"],
    "nobody may look at the ports": [{ bridge: nobody }, "possible"],
    "the node does not list what it tracks": [{ transit: { devices: {}, counters: {} } }, "possible"],
    "nobody may look at the node": [{ transit: nobody }, "possible"],
  });
});
