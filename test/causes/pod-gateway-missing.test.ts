import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseIfInet6 } from "#core/linux/if-inet6.ts";
import { judge, nobody } from "./case.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const lost = [{ outcome: "host-unreachable", ms: 3080 }] as const;
const asked = seen.counters({ Icmp6OutNeighborSolicits: 3 });
const quiet = seen.counters();
const global = (hex: string, length: string, device: string) => `${hex} 02 ${length} 00 80 ${device}\n`;
const n1Bridge = global("fd0000100244000100000000000000bd", "30", "cni0");

describe("pod-gateway-missing", () => {
  const given = {
    dials: lost,
    seen: {
      "routes pod default/a": seen.routes(seen.staticDefault),
      "counters pod default/a": asked,
      "addresses node n1": parseIfInet6(n1Bridge),
    },
  };

  it("names the address", () => {
    const { status, because } = judge("pod-gateway-missing", given);
    assert.equal(status, "proven", because);
    assert.match(because, /goes to fd00:10:244:1::ff, which is on no interface of node n1; .* 3 times/);
  });

  variants("pod-gateway-missing", given, {
    "the node has it": [
      { "addresses node n1": parseIfInet6(global("fd0000100244000100000000000000ff", "40", "cni0")) },
      "excluded",
    ],
    "somebody answers for it, such as an eBPF program": [
      { "counters pod default/a": seen.counters({ Icmp6OutNeighborSolicits: 1, Icmp6InNeighborAdvertisements: 1 }) },
      "excluded",
    ],
    "it was not asked for": [{ "counters pod default/a": quiet }, "possible"],
    "nobody may look at the node": [{ "addresses node n1": nobody }, "unknown"],
    "it is a link-local address": [{ "routes pod default/a": seen.routes(seen.advertisedDefault) }, "excluded"],
  });
});
