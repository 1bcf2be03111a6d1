import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge } from "./case.ts";
import { exampleOf } from "./example.ts";
import { variants } from "./variants.ts";

const given = exampleOf("aaaa-nxdomain");
const denied = { outcome: "name-error", text: "NXDOMAIN" } as const;
const answer = (status: string, ...addresses: string[]) => ({
  ms: 8,
  transport: "IPv4",
  text: "",
  answer: { status, addresses },
});
const corefile = (forward: string) => ({
  "config-map coredns": { metadata: { name: "coredns" }, data: { Corefile: `.:53 {\n  forward . ${forward}\n}\n` } },
});

describe("aaaa-nxdomain", () => {
  it("is only named where the server gives the A record, and denies the name itself", () => {
    assert.equal(judge("aaaa-nxdomain", given).status, "proven");
    assert.equal(judge("aaaa-nxdomain", { ...given, lookupsA: [denied] }).status, "excluded");
    assert.equal(judge("aaaa-nxdomain", { ...given, lookups: ["timeout"] }).status, "excluded");
  });

  variants("aaaa-nxdomain", given, {
    "another resolver knows the name": [{ "lookup AAAA": answer("NOERROR", "2001:db8::1") }, "possible"],
    "another resolver denies the A record too": [{ "lookup A": answer("NXDOMAIN") }, "possible"],
    "CoreDNS has two resolvers, of which one may not know the name": [corefile("10.0.0.2 8.8.8.8"), "possible"],
    "CoreDNS has one": [corefile("10.0.0.2"), "proven"],
  });
});
