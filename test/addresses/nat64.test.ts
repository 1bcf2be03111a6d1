import assert from "node:assert/strict";
import { test } from "node:test";
import { notTranslatable, translated } from "#core/addresses/nat64.ts";

// The table of RFC 6052, 2.4.
for (const [prefix, address] of [
  ["2001:db8::/32", "2001:db8:c000:221::"],
  ["2001:db8:100::/40", "2001:db8:1c0:2:21::"],
  ["2001:db8:122::/48", "2001:db8:122:c000:2:2100::"],
  ["2001:db8:122:300::/56", "2001:db8:122:3c0:0:221::"],
  ["2001:db8:122:344::/64", "2001:db8:122:344:c0:2:2100::"],
  ["2001:db8:122:344::/96", "2001:db8:122:344::c000:221"],
  ["64:ff9b::/96", "64:ff9b::c000:221"],
] as const)
  test(`${address} of ${prefix} stands for 192.0.2.33`, () => {
    assert.deepEqual(translated(address, [prefix]), { prefix, four: "192.0.2.33" });
  });

test("what is of no translator's prefix, or of a length that none has, stands for nothing", () => {
  assert.equal(translated("2001:db8::1"), undefined);
  assert.equal(translated("192.0.2.33"), undefined);
  assert.equal(translated("2001:db8::1", ["2001:db8::/33", "nonsense"]), undefined);
});

test("an address of one's own network in a short prefix has bits where a translated one has none", () => {
  for (const own of ["2001:db8:122:344:216:3eff:fe00:1", "2001:db8:122:344::1"])
    assert.equal(translated(own, ["2001:db8:122:344::/64"]), undefined);
  assert.equal(translated("2001:db8:0:1::80", ["2001:db8::/32"]), undefined);
});

test("the well-known prefix is for global addresses", () => {
  assert.match(notTranslatable("10.0.0.7") ?? "", /1918/);
  assert.match(notTranslatable("198.18.0.2") ?? "", /2544/);
  assert.equal(notTranslatable("93.184.216.34"), undefined);
  assert.equal(notTranslatable("172.32.0.1"), undefined);
});
