import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import { exampleOf } from "./example.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const given = exampleOf("pod-takes-advertisements");
const routes = (...lines: string[]) => ({ "routes pod default/a": seen.routes(...lines) });

describe("pod-takes-advertisements", () => {
  it("is possible, never proven, where the dial goes by the advertised one of two default routes", () => {
    const { status, because, explains } = judge("pod-takes-advertisements", given);
    assert.deepEqual([status, explains?.length], ["possible", 1], because);
    assert.match(because, /via fe80::beef from a router advertisement on eth0, metric 512, beside its own/);
  });

  it("is noticed where nothing fails of it", () => {
    const { status, explains } = judge("pod-takes-advertisements", { ...given, dials: [{ outcome: "ok" }] });
    assert.deepEqual([status, explains], ["possible", []]);
  });

  variants("pod-takes-advertisements", given, {
    "its plugin works by advertisements": [routes(seen.advertisedDefault), "excluded"],
    "there is none": [routes(seen.staticDefault), "excluded"],
    "a more specific route leads there": [routes(seen.staticDefault, seen.advertisedDefault, seen.toN2), "possible"],
    "nobody may look": [{ "routes pod default/a": nobody }, "unknown"],
  });
});
