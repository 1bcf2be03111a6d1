import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { familyOf, holds, parsePrefix, toNumber, toText } from "./api/addresses.ts";

test("an address is written as RFC 5952 wants it and read back the same", () => {
  const written: [string, string][] = [
    ["2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1"],
    ["0:0:0:0:0:0:0:0", "::"],
    ["fd00:0:0:0:0:0:0:0", "fd00::"],
    ["2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"],
    ["::ffff:10.0.0.1", "::ffff:a00:1"],
  ];
  for (const [text, canonical] of written) assert.equal(toText(toNumber(text), "IPv6"), canonical);
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: 2n ** 128n - 1n }), (value) => {
      const text = toText(value, "IPv6");
      assert.equal(familyOf(text), "IPv6");
      assert.equal(toNumber(text), value);
    }),
  );
});

test("a prefix knows its family, its members and its host bits", () => {
  const prefix = parsePrefix("fd00:10:96::/112");
  assert.ok(prefix?.clean);
  assert.ok(holds(prefix, "fd00:10:96::ffff"));
  assert.ok(!holds(prefix, "fd00:10:96::1:0"));
  assert.ok(!holds(prefix, "10.96.0.1"));
  assert.equal(parsePrefix("10.244.1.1/16")?.clean, false);
  for (const text of ["fd00::/129", "10.0.0.0/33", "fd00::", "10.0.0/8", "fd00::/064"])
    assert.equal(parsePrefix(text), undefined);
});
