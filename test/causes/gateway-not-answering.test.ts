import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import { exampleOf } from "./example.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const given = exampleOf("gateway-not-answering");
const counted = (moved: Record<string, number>) => ({ "counters node n1": seen.counters(moved) });

describe("gateway-not-answering", () => {
  it("is possible, never proven: the counters do not say who was asked for", () => {
    const { status, because } = judge("gateway-not-answering", given);
    assert.equal(status, "possible", because);
    assert.match(because, /gateway 2001:db8:18::1 .* asked for neighbours 3 times without an answer/);
  });

  variants("gateway-not-answering", given, {
    "everybody answered": [counted({ Icmp6OutNeighborSolicits: 3, Icmp6InNeighborAdvertisements: 3 }), "excluded"],
    "somebody else was asked for, and answered": [
      counted({ Icmp6OutNeighborSolicits: 4, Icmp6InNeighborAdvertisements: 1 }),
      "possible",
    ],
    "nobody was asked for": [counted({}), "excluded"],
    "the node gets no answer at all": [{ "dial node n1": { ok: false, text: "", ms: 3500, tool: "nc" } }, "excluded"],
    "there is no gateway": [{ "routes node n1": seen.routes() }, "excluded"],
    "nothing on the node can dial": [{ "dial node n1": nobody }, "unknown"],
  });
});
