import assert from "node:assert/strict";
import { test } from "node:test";
import { type Prefix, parsePrefix } from "#core/addresses/address.ts";
import { readingsOf } from "#core/addresses/prefix-readings.ts";

const readings = (text: string) => {
  const { network, longer, single } = readingsOf(parsePrefix(text) as Prefix);
  return [network, ...longer, single];
};

test("a prefix with bits beyond its length is the network, one of a longer length, or the one address", () => {
  assert.deepEqual(readings("fd00:1::7/64"), ["fd00:1::/64", "fd00:1::7/128"]);
  assert.deepEqual(readings("10.1.2.3/8"), ["10.0.0.0/8", "10.1.2.3/32"]);
  assert.deepEqual(readings("10.244.0.0/8"), ["10.0.0.0/8", "10.244.0.0/16", "10.244.0.0/24", "10.244.0.0/32"]);
  assert.deepEqual(readings("fd00:10:244:1::/48").slice(0, 2), ["fd00:10:244::/48", "fd00:10:244:1::/64"]);
});

test("a length of IPv4's at an IPv6 address is what is wrong, whatever stands there", () => {
  for (const [text, longer] of [
    ["2019:30::/24", ["2019:30::/32", "2019:30::/48", "2019:30::/56", "2019:30::/64", "2019:30::/112"]],
    ["2001:db8::/16", ["2001:db8::/32", "2001:db8::/48", "2001:db8::/56", "2001:db8::/64", "2001:db8::/112"]],
    ["fd00:10:244::/16", ["fd00:10:244::/48", "fd00:10:244::/56", "fd00:10:244::/64", "fd00:10:244::/112"]],
    ["fd00::1/24", ["fd00::1/128"]],
  ] as const) {
    const found = readingsOf(parsePrefix(text) as Prefix);
    assert.equal(found.network, undefined, text);
    assert.deepEqual(found.longer, longer, text);
  }
  assert.equal(readingsOf(parsePrefix("fc00::/7") as Prefix).network, "fc00::/7", "nothing stands beyond it");
});
