import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import { exampleOf } from "./example.ts";
import { variants } from "./variants.ts";

const given = exampleOf("route-cache-full");
const tables = (cachedRoutes: object) => ({ "kernel-tables": { cachedRoutes } });

describe("route-cache-full", () => {
  it("is noticed before it is full", () => {
    const { status, because, explains } = judge("route-cache-full", given);
    assert.deepEqual([status, explains], ["possible", []]);
    assert.match(because, /4001 destinations .* room for 4096/);
  });

  it("is only possible where a dial is told of no route, as one without a route is", () => {
    const dials = [{ outcome: "network-unreachable", ms: 1 }] as const;
    const { status, explains = [] } = judge("route-cache-full", { ...given, dials });
    assert.deepEqual([status, explains.length], ["possible", 1]);
  });

  variants("route-cache-full", given, {
    "a newer kernel has no limit": [tables({ entries: 9000, limit: 2_147_483_647 }), "excluded"],
    "nobody may look": [{ "kernel-tables": nobody }, "unknown"],
  });
});
