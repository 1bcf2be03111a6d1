import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import { exampleOf } from "./example.ts";
import { variants } from "./variants.ts";

const given = exampleOf("listener-loopback-only");
const bound = (...addresses: string[]) => ({
  listeners: addresses.map((address) => ({ family: address.includes(":") ? "IPv6" : "IPv4", address, port: 8080 })),
});

describe("listener-loopback-only", () => {
  it("is proven where another pod dials what is bound to 127.0.0.1, in both families", () => {
    const { status, because, family, explains } = judge("listener-loopback-only", given);
    assert.deepEqual([status, family, explains?.length], ["proven", "both", 2], because);
    assert.match(because, /in pod default\/b port 8080 is bound to 127\.0\.0\.1:8080/);
    assert.equal(judge("listener-ipv4-only", given).status, "excluded");
  });

  it("is proven where localhost is ::1 for the client and 127.0.0.1 for the server, of IPv6 alone", () => {
    const dials = [{ outcome: "refused", scope: "outside", host: "::1", ms: 0 }] as const;
    const { status, family } = judge("listener-loopback-only", { ...given, dials });
    assert.deepEqual([status, family], ["proven", "IPv6"]);
  });

  variants("listener-loopback-only", given, {
    "it is bound to all of IPv4": [bound("0.0.0.0"), "excluded"],
    "it is bound to both": [bound("127.0.0.1", "::"), "excluded"],
    "nothing is bound": [bound(), "excluded"],
    "nobody may look": [{ listeners: nobody }, "unknown"],
  });
});
