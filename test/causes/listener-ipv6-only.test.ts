import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import { variants } from "./variants.ts";

describe("listener-ipv6-only", () => {
  const four = { outcome: "refused", family: "IPv4", ms: 4 } as const;
  const given = {
    dials: [{ outcome: "ok" }, four],
    seen: {
      listeners: [{ family: "IPv6", address: "::", port: 8080 }],
      "dial pod default/b": { ok: false, ms: 1, tool: "bash", text: "connect: Connection refused" },
    },
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
    "the pod takes IPv4 from itself, and a policy rejects others": [
      { "dial pod default/b": { ok: true, ms: 1, tool: "bash", text: "" } },
      "excluded",
    ],
    "nobody could dial from within the pod": [{ "dial pod default/b": nobody }, "possible"],
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
