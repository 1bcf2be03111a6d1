import assert from "node:assert/strict";
import { test } from "node:test";
import { here } from "./cli.ts";

test("explain prints the page of a rule, a cause or a number, and knows no other file", async () => {
  const rule = await here(["explain", "host-bits"]);
  assert.match(rule.out, /^# host-bits\n/);
  assert.equal(rule.code, 0);
  assert.match((await here(["explain", "forwarding-off"])).out, /Layer: \*\*kernel\*\*/);
  assert.match((await here(["explain", "svc005"])).out, /^# service-two-families\n/);
  assert.match((await here(["explain", "K03"])).out, /^# forwarding-off\n/);
  for (const name of ["../commands", "no-such-rule", "SVC999", "host-bits.md", ""]) {
    const { code, out } = await here(["explain", name]);
    assert.deepEqual([code, out], [2, ""], name);
  }
  assert.equal((await here(["explain"])).code, 2);
});

test("address says what each is, and which is none", async () => {
  const { code, out, err } = await here(["address", "[fd00::1]", "64:ff9b::c000:201", "10.0.0.0/8", "fd00::x"]);
  assert.equal(code, 1);
  assert.match(out, /^fd00::1 IPv6 address, unique local/m);
  assert.match(out, /^Leads to the IPv4 address 192\.0\.2\.1\.$/m);
  assert.match(out, /^10\.0\.0\.0\/8 IPv4 prefix, private/m);
  assert.doesNotMatch(out, /[*`]/);
  assert.match(err, /"fd00::x" is no IPv4 or IPv6 address/);
  const json = await here(["address", "--format", "json", "::1"]);
  assert.equal(JSON.parse(json.out)[0].text, "::1");
  assert.equal(json.code, 0);
});
