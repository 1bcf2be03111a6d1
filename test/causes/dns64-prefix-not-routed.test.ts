import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import { exampleOf } from "./example.ts";
import { variants } from "./variants.ts";

const given = exampleOf("dns64-prefix-not-routed");
const routes = (given.seen?.["routes node n1"] ?? []) as { destination: string; device: string }[];
const instead = (destination: string, device = "nat64") => ({
  "routes node n1": [routes[0], { ...routes[1], destination, device }],
});

describe("dns64-prefix-not-routed", () => {
  it("is proven where the Corefile has one prefix and the node's translator another", () => {
    const { status, because } = judge("dns64-prefix-not-routed", given);
    assert.equal(status, "proven", because);
    assert.match(because, /names resolve to 2001:db8:64::\/96 .* translator behind 64:ff9b::\/96 dev nat64/);
  });

  it("is only possible where nobody says that there is no route", () => {
    const [dial] = given.dials ?? [];
    const dials = dial ? [{ ...dial, outcome: "timeout", ms: 3500 } as const] : [];
    assert.equal(judge("dns64-prefix-not-routed", { ...given, dials }).status, "possible");
  });

  it("is only possible where a translator may say so of one host, and not where another one is translated", () => {
    const [dial, second] = given.dials ?? [];
    assert.ok(dial && second);
    assert.equal(judge("dns64-prefix-not-routed", { ...given, dials: [dial] }).status, "possible");
    const dials = [dial, { ...second, outcome: "ok" } as const];
    assert.equal(judge("dns64-prefix-not-routed", { ...given, dials }).status, "excluded");
  });

  variants("dns64-prefix-not-routed", given, {
    "the prefix is routed": [instead("2001:db8:64::/96"), "excluded"],
    "there is no translator on the node": [{ "routes node n1": [routes[0]] }, "excluded"],
    "a /96 is anybody's": [instead("2001:db8:7::/96", "eth1"), "excluded"],
    "the Corefile may not be read, so that the prefix may be its": [{ "config-map coredns": nobody }, "unknown"],
    "nobody may look": [{ "routes node n1": nobody }, "unknown"],
  });
});
