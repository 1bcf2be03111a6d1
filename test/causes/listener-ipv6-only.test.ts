import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import { variants } from "./variants.ts";

describe("listener-ipv6-only", () => {
  const four = { outcome: "refused", family: "IPv4", ms: 4 } as const;
  const given = {
    dials: [{ outcome: "ok" }, four],
    seen: { listeners: [{ family: "IPv6", address: "::", port: 8080 }] },
  } as const;

  it("IPv6 connects, IPv4 is refused at once, and nothing else is bound", () => {
    const { status, family } = judge("listener-ipv6-only", given);
    assert.deepEqual([status, family], ["proven", "IPv4"]);
  });

  variants("listener-ipv6-only", given, {
    "IPv4 is listened for": [
      {
        listeners: [
          { family: "IPv4", address: "0.0.0.0", port: 8080 },
          { family: "IPv6", address: "::", port: 8080 },
        ],
      },
      "excluded",
    ],
    "nobody may look": [{ listeners: nobody }, "unknown"],
  });

  it("refused late, or IPv6 failing too, is something else", () => {
    for (const dials of [
      [{ outcome: "ok" }, { ...four, ms: 1010 }],
      [{ outcome: "refused" }, four],
    ] as const)
      assert.equal(judge("listener-ipv6-only", { ...given, dials }).status, "excluded");
  });
});
