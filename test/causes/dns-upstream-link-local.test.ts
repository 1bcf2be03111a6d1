import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { judge, nobody } from "./case.ts";
import { exampleOf } from "./example.ts";
import { variants } from "./variants.ts";

const given = exampleOf("dns-upstream-link-local");
const says = (...found: string[]) => ({ "log-words": { lines: 9, found } });

describe("dns-upstream-link-local", () => {
  it("is proven where CoreDNS says so of the very name", () => {
    const { status, because, family } = judge("dns-upstream-link-local", given);
    assert.deepEqual([status, family], ["proven", "both"], because);
    assert.match(because, /coredns-1 says: six\.example\.org: dial udp \[fe80::1%ens3\]:53/);
  });

  it("is not where the name resolves", () => {
    const lookups = [{ outcome: "ok", text: "2001:db8::1", name: "six.example.org" }] as const;
    const lookupsA = [{ outcome: "ok", text: "192.0.2.1", name: "six.example.org" }] as const;
    assert.equal(judge("dns-upstream-link-local", { ...given, lookups, lookupsA }).status, "excluded");
  });

  it("is not where an upstream has said that the name does not exist", () => {
    const lookups = [{ outcome: "name-error", text: "NXDOMAIN, no AAAA record", name: "six.example.org" }] as const;
    const lookupsA = [{ outcome: "name-error", text: "NXDOMAIN, no A record", name: "six.example.org" }] as const;
    assert.equal(judge("dns-upstream-link-local", { ...given, lookups, lookupsA }).status, "excluded");
  });

  variants("dns-upstream-link-local", given, {
    "it has said something else of the name since": [
      says(
        "six.example.org: dial udp [fe80::1%ens3]:53: connect: invalid argument",
        "six.example.org: dial udp 192.0.2.53:53: connect: network is unreachable",
      ),
      "possible",
    ],
    "it says so of another name": [says("dial udp [fe80::1%ens3]:53: connect: invalid argument"), "possible"],
    "it has another trouble": [
      says("six.example.org: read udp [fd00::1]:1->[2001:db8::53]:53: connect: network is unreachable"),
      "excluded",
    ],
    "it says nothing, as without its plugin errors": [says(), "unknown"],
    "it says so of another resolver, and another name": [
      says("read udp [fd00::1]:1->[2001:db8::53]:53: connect: network is unreachable"),
      "unknown",
    ],
    "its log may not be read": [{ "log-words": nobody }, "unknown"],
    "no CoreDNS is listed": [{ "endpoint-slices": [] }, "unknown"],
  });
});
