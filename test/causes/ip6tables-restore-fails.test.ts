import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import { exampleOf } from "./example.ts";
import { variants } from "./variants.ts";

const given = exampleOf("ip6tables-restore-fails");
const [dial] = given.dials ?? [];
const says = (...found: string[]) => ({ "log-words": { lines: 9, found } });

describe("ip6tables-restore-fails", () => {
  it("is proven by the log, an untranslated connection, and the same over IPv4 that works", () => {
    const { status, because } = judge("ip6tables-restore-fails", given);
    assert.equal(status, "proven", because);
    assert.match(because, /says: Couldn't load target/);
  });

  it("is only possible without IPv4 beside it: the rules refused may be those", () => {
    assert.equal(judge("ip6tables-restore-fails", { ...given, dials: dial ? [dial] : [] }).status, "possible");
  });

  variants("ip6tables-restore-fails", given, {
    "the log speaks of something else": [says("No iptables support for family (IPv6)"), "unknown"],
    "the connection was not watched": [{ transit: nobody }, "possible"],
    "the log may not be read": [{ "log-words": nobody }, "unknown"],
  });
});
