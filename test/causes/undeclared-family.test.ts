import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { parseIfInet6 } from "#core/linux/if-inet6.ts";
import { b, judge, nobody, podObject } from "./case.ts";
import { exampleOf } from "./example.ts";
import * as seen from "./observed.ts";
import { variants } from "./variants.ts";

const given = exampleOf("undeclared-family");

describe("undeclared-family", () => {
  it("notices the way out over IPv4 that EKS gives to a pod with an IPv6 address only", () => {
    const { status, because, explains, family } = judge("undeclared-family", given);
    assert.deepEqual([status, explains, family], ["possible", [], "IPv4"]);
    assert.match(because, /default\/a has no IPv4, and it can send over IPv4: a default route via 169\.254\.172\.1/);
  });

  const four = { pods: [podObject("a", "n1", ["10.244.1.11"]), b], dials: given.dials ?? [] };
  const leak = {
    addresses: parseIfInet6("20010db8001800000000000000000101 02 40 00 00     eth0\n"),
    routes: seen.routes(seen.advertisedDefault),
  };

  it("notices an IPv6 address and a default route that a router has advertised to a pod with IPv4 only", () => {
    const { status, because } = judge("undeclared-family", { ...four, seen: leak });
    assert.equal(status, "possible");
    assert.match(because, /2001:db8:18::101, learned from a router advertisement, on eth0/);
  });

  variants(
    "undeclared-family",
    { ...four, seen: leak },
    {
      "there is only a link-local address": [{ addresses: seen.linkLocalOnly }, "excluded"],
      "there is no way out": [{ routes: seen.routes() }, "excluded"],
      "nobody may look": [{ addresses: nobody }, "unknown"],
    },
  );

  variants("undeclared-family", given, { "there is no IPv4 route": [{ "default-routes4": [] }, "excluded"] });

  it("says nothing of a pod with both families, or in the node's network", () => {
    assert.equal(judge("undeclared-family", { seen: {} }).status, "excluded");
    const host = podObject("a", "n1", ["10.244.1.11"], { hostNetwork: true });
    assert.equal(judge("undeclared-family", { pods: [host, b], seen: leak }).status, "unknown");
  });
});
