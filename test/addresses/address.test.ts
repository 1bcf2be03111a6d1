import assert from "node:assert/strict";
import { describe, it, test } from "node:test";
import fc from "fast-check";
import { Address6 } from "ip-address";
import {
  contains,
  formatAddress,
  formatPrefix,
  hasHostBits,
  lastAddress,
  network,
  overlaps,
  type Prefix,
  parseAddress,
  parsePrefix,
  size,
  uniqueLocalPrefix,
} from "#core/addresses/address.ts";
import { joinHostPort, splitHostPort } from "#core/addresses/host-port.ts";

const prefix = (text: string) => parsePrefix(text) as Prefix;

describe("what is an address for the API server", () => {
  for (const text of [
    "::",
    "::1",
    "fd00::7",
    "2001:db8:0:0:1:0:0:1",
    "::ffff:10.0.0.1",
    "64:ff9b::10.0.0.1",
    "10.0.0.1",
    "010.0.0.5",
    "FD00::A",
  ])
    it(`${text} is one`, () => assert.ok(parseAddress(text)));
  for (const text of [
    "",
    ":",
    ":::",
    "1::2::3",
    "1:2:3:4:5:6:7",
    "1:2:3:4:5:6:7:8:9",
    "12345::",
    "fe80::1%eth0",
    "[::1]",
    "fd00::/64",
    "10.0.0",
    "10.0.0.256",
    "0x0a.0.0.1",
    "1.2.3.4.5",
    "::1.2.3",
    "1.2.3.4::",
    " ::1",
    "fd00::1:8080:",
    "g::",
  ])
    it(`"${text}" is none`, () => assert.equal(parseAddress(text), undefined));
});

test("what a server sent in an address' place is none, and breaks nothing", () => {
  for (const odd of [7, null, undefined, {}, ["::1"]] as unknown as string[])
    assert.deepEqual([parseAddress(odd), parsePrefix(odd)], [undefined, undefined]);
});

test("leading zeros in IPv4 are tolerated and marked", () => {
  assert.equal(parseAddress("010.0.0.5")?.leadingZeros, true);
  assert.equal(parseAddress("10.0.0.5")?.leadingZeros, false);
  assert.equal(formatAddress(parseAddress("010.0.0.5") ?? assert.fail()), "10.0.0.5");
  assert.equal(parsePrefix("fd00::/048")?.leadingZeros, true);
});

test("the canonical text is that of RFC 5952", () => {
  const cases = {
    "2001:DB8:0:0:1:0:0:1": "2001:db8::1:0:0:1",
    "0:0:0:0:0:0:0:0": "::",
    "1:0:0:2:0:0:0:3": "1:0:0:2::3",
    "2001:db8:0:1:1:1:1:1": "2001:db8:0:1:1:1:1:1",
    "::FFFF:A00:1": "::ffff:10.0.0.1",
  };
  for (const [text, canonical] of Object.entries(cases))
    assert.equal(formatAddress(parseAddress(text) ?? assert.fail()), canonical);
});

test("ip-address agrees on every IPv6 address, and our canonical text reads back as the same", () => {
  fc.assert(
    fc.property(fc.ipV6(), (text) => {
      const ours = parseAddress(text);
      assert.ok(ours, text);
      assert.equal(ours.value, new Address6(text).bigInt());
      assert.equal(parseAddress(formatAddress(ours))?.value, ours.value);
      if (ours.value >> 32n !== 0xffffn) assert.equal(formatAddress(ours), new Address6(text).correctForm());
    }),
    { numRuns: 2000 },
  );
});

test("ip-address agrees on what is no IPv6 address, but for zones, which Kubernetes refuses", () => {
  const almost = fc
    .array(fc.constantFrom(":", "::", "0", "f", "ffff", "10000", "1.2.3.4", "g", " "), { maxLength: 12 })
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(almost, (text) => {
      fc.pre(text.includes(":") && !text.includes("."));
      assert.equal(parseAddress(text) !== undefined, Address6.isValid(text) && !/\s/.test(text), text);
    }),
    { numRuns: 5000 },
  );
});

test("prefixes hold, overlap and end as they should, per family", () => {
  assert.ok(contains(prefix("fd00::/8"), prefix("fd00:1::/64")));
  assert.ok(!contains(prefix("fd00:1::/64"), prefix("fd00::/8")));
  assert.ok(!contains(prefix("::/0"), prefix("10.0.0.0/8")), "no IPv6 prefix holds IPv4");
  assert.ok(overlaps(prefix("fd00:1::/64"), prefix("fd00::/8")));
  assert.ok(!overlaps(prefix("10.0.0.0/16"), prefix("10.1.0.0/16")));
  assert.equal(formatAddress(lastAddress(prefix("fd00::7/120"))), "fd00::ff");
  assert.equal(size(prefix("2001:db8::/32")), 1n << 96n);
  assert.ok(hasHostBits(prefix("fd00::7/64")) && !hasHostBits(prefix("fd00::/64")));
  assert.equal(formatPrefix(network(prefix("10.1.2.3/12"))), "10.0.0.0/12");
  assert.equal(parsePrefix("fd00::/129"), undefined);
  assert.equal(parsePrefix("10.0.0.0/33"), undefined);
  assert.equal(parsePrefix("fd00::/"), undefined);
});

test("host and port are told apart as Go's net.SplitHostPort does", () => {
  assert.deepEqual(splitHostPort("[fd00::1]:53"), { host: "fd00::1", port: "53", bracketed: true });
  assert.deepEqual(splitHostPort("web:80"), { host: "web", port: "80", bracketed: false });
  assert.deepEqual(splitHostPort("fd00::1"), { host: "fd00::1", port: undefined, bracketed: false });
  assert.equal(splitHostPort("1:2:3:4:5:6:7:8:53"), undefined, "too many colons");
  assert.equal(splitHostPort("[fd00::1"), undefined);
  assert.equal(joinHostPort("fd00::1", 53), "[fd00::1]:53");
  assert.equal(joinHostPort("10.0.0.1", "53"), "10.0.0.1:53");
});

test("a unique local prefix holds the 40 random bits", () => {
  assert.equal(formatPrefix(uniqueLocalPrefix(Uint8Array.of(0x12, 0x34, 0x56, 0x78, 0x9a))), "fd12:3456:789a::/48");
});
