import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge } from "./case.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const given = {
  dials: [
    { outcome: "timeout", ms: 3500 },
    { outcome: "ok", family: "IPv4", ms: 9 },
  ],
  seen: {
    "routes pod default/a": seen.routes(seen.staticDefault),
    "routes node n1": seen.routes(seen.staticDefault, seen.blackholeN2),
    "routes node n2": seen.routes(seen.staticDefault, seen.toN1),
  },
} as const;

describe("blackhole-route", () => {
  it("names the node and the prefix it rejects", () => {
    const { status, because } = judge("blackhole-route", given);
    assert.equal(status, "proven", because);
    assert.match(because, /node n1.*fd00:10:244:2::\/64/);
  });
  variants("blackhole-route", given, {
    "it is the far node's own block, whose pod has no route": [
      {
        "routes node n1": seen.routes(seen.staticDefault, seen.toN2),
        "routes node n2": seen.routes(seen.toN1, seen.blackholeN2),
      },
      "excluded",
    ],
    "the route leads on": [{ "routes node n1": seen.routes(seen.staticDefault, seen.toN2) }, "excluded"],
  });
});
