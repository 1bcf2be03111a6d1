import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Transit } from "#core/probes/transit.ts";
import { judge, nobody } from "./case.ts";
import { exampleOf } from "./example.ts";
import { variants } from "./variants.ts";

const given = exampleOf("hairpin-off");
const tracked = (reply: object, more: object = {}) => {
  const transit = structuredClone(given.seen?.transit) as Transit;
  const [first] = transit.tracked ?? [];
  if (first) Object.assign(Object.assign(first, more).reply, reply);
  return { transit };
};
const allowed = { bridge: { callsIp6tables: 1, hairpin: { veth1: 1, veth2: 1 } } };

describe("hairpin-off", () => {
  it("is proven where the Service sends back to the pod, and no port lets a packet return", () => {
    const { status, because } = judge("hairpin-off", given);
    assert.equal(status, "proven", because);
    assert.match(because, /to fd00:10:96::80 back to fd00:10:244:1::11 itself, and none of the 2 ports/);
  });

  const only = (...addresses: string[]) => ({
    transit: { devices: {}, counters: {}, tracked: [] },
    "endpoint-slices": [{ addressType: "IPv6", endpoints: [{ addresses, conditions: { ready: true } }] }],
  });

  variants("hairpin-off", given, {
    "the bridge dropped it before it was tracked, and nobody else is behind the Service": [
      only("fd00:10:244:1::11"),
      "proven",
    ],
    "it was not tracked, and others are behind the Service": [
      only("fd00:10:244:1::11", "fd00:10:244:1::12"),
      "unknown",
    ],
    "nothing masquerades it": [{ ...allowed, ...tracked({ destination: "fd00:10:244:1::11" }) }, "proven"],
    "it may return, masqueraded": [allowed, "possible"],
    "it went to another pod": [tracked({ source: "fd00:10:244:1::12" }), "excluded"],
    "it was answered": [tracked({}, { unreplied: false }), "excluded"],
    "nobody may look at the ports": [{ bridge: nobody }, "possible"],
    "nobody may look at the node": [{ transit: nobody }, "unknown"],
  });
});
