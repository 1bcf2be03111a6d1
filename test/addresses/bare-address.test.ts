import assert from "node:assert/strict";
import { it } from "node:test";
import { bareAddress } from "#core/addresses/bare-address.ts";

it("an address without brackets is told from a port, or left open", () => {
  assert.deepEqual(bareAddress("fd00::1"), { bracketed: ["[fd00::1]"], certainPort: false });
  assert.deepEqual(bareAddress("fd00::1:8080"), {
    bracketed: ["[fd00::1]:8080", "[fd00::1:8080]"],
    certainPort: false,
  });
  assert.deepEqual(bareAddress("fd00::1:10250"), { bracketed: ["[fd00::1]:10250"], certainPort: true });
  assert.deepEqual(bareAddress(":::80"), { bracketed: ["[::]:80"], certainPort: true });
  assert.deepEqual(bareAddress("1:2:3:4:5:6:7:8:53"), { bracketed: ["[1:2:3:4:5:6:7:8]:53"], certainPort: true });
});

it("names, IPv4, brackets and other things with colons are none", () => {
  for (const text of ["web:80", "10.0.0.1:80", "[fd00::1]:80", "00:1a:2b:3c:4d:5e", "12:30:00", "::::", ":80", "a"])
    assert.equal(bareAddress(text), undefined, text);
});
