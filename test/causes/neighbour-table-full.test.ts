import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import { exampleOf } from "./example.ts";
import { variants } from "./variants.ts";

const given = exampleOf("neighbour-table-full");
const tables = (neighbours: object) => ({ "kernel-tables": { neighbours } });

describe("neighbour-table-full", () => {
  it("is noticed before it is full", () => {
    const { status, because, explains } = judge("neighbour-table-full", given);
    assert.deepEqual([status, explains], ["possible", []]);
    assert.match(because, /node n1 has 980 IPv6 neighbours, room for 1024/);
  });

  it("is only possible where it refuses while a dial finds no neighbour: whom, it does not say", () => {
    const dials = [{ outcome: "host-unreachable", ms: 3100 }] as const;
    const seen = tables({ entries: 1024, limit: 1024, refused: 60, moved: 4 });
    const { status, explains = [], missing = "" } = judge("neighbour-table-full", { dials, seen });
    assert.deepEqual([status, explains.length], ["possible", 1]);
    assert.match(missing, /our own packet/);
  });

  variants("neighbour-table-full", given, {
    "there is room": [tables({ entries: 40, limit: 1024, refused: 0, moved: 0 }), "excluded"],
    "the container is not in the node's first namespace": [{ "kernel-tables": {} }, "unknown"],
    "nobody may look": [{ "kernel-tables": nobody }, "unknown"],
  });
});
