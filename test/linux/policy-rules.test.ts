import assert from "node:assert/strict";
import { it } from "node:test";
import { divertingRule, parsePolicyRules, perhapsDiverting } from "#core/linux/policy-rules.ts";

const kernel = "0:\tfrom all lookup local\n32766:\tfrom all lookup main\n";
const ours = { source: "fd00:10:244:1::11", destination: "fd00:10:244:2::11" };
const first = (more: string) => divertingRule(parsePolicyRules(kernel + more) ?? [], ours)?.text;

it("finds the rule that takes a packet before the table main, whichever way it names it", () => {
  const met = (rule: string) =>
    divertingRule(
      parsePolicyRules(`0:\tfrom all lookup local\n100:\t${rule}\n32766:\tfrom all lookup main\n`) ?? [],
      ours,
    )?.text;
  for (const rule of [
    "from fd00:10:244:1::/64 lookup 100",
    "from all to fd00:10:244:2::/64 lookup uplink proto static",
    "from fd00:10:244:1::11 prohibit",
    "from all blackhole",
  ])
    assert.equal(met(rule), rule);
  for (const rule of [
    "from fd00:10:244:9::/64 lookup 100",
    "from all fwmark 0x200/0xf00 lookup 2004",
    "not from fd00:99::/48 lookup 100",
    "from all lookup main suppress_prefixlength 0",
    "from all iif wg0 lookup 100",
    "from all goto 32000",
  ])
    assert.equal(met(rule), undefined, rule);
});

it("goes on behind a rule that looks the table main up for some packets alone", () => {
  for (const some of ["from all fwmark 0x5 lookup main", "from all lookup main suppress_prefixlength 0"]) {
    const text = `0:\tfrom all lookup local\n50:\t${some}\n100:\tfrom fd00:10:244:1::/64 lookup 100\n32766:\tfrom all lookup main\n`;
    assert.equal(divertingRule(parsePolicyRules(text) ?? [], ours)?.text, "from fd00:10:244:1::/64 lookup 100");
  }
});

it("reads the rule that rejects as busybox prints it", () => {
  const text = "100:\tfrom fd00:10:244:1::/64 lookup unspec prohibit\n32766:\tfrom all lookup main\n";
  assert.equal(divertingRule(parsePolicyRules(text) ?? [], ours)?.table, undefined);
});

it("takes nothing behind the table main for one, and no text without it for a list", () => {
  assert.equal(first("32767:\tfrom fd00:10:244:1::/64 lookup 100\n"), undefined);
  assert.equal(parsePolicyRules("ip: RTNETLINK answers: Operation not permitted\n"), undefined);
  assert.equal(parsePolicyRules(""), undefined);
});

it("tells rules that may take a packet for more than its addresses from those that take none of TCP", () => {
  const met = (rule: string) =>
    perhapsDiverting(
      parsePolicyRules(`0:\tfrom all lookup local\n100:\t${rule}\n32766:\tfrom all lookup main\n`) ?? [],
      ours,
    ).map(({ mark }) => mark ?? "");
  assert.deepEqual(met("from all fwmark 0x200/0xf00 lookup 2004"), ["0x200/0xf00"]);
  for (const rule of [
    "from all ipproto tcp dport 8080 lookup 100",
    "from all lookup [l3mdev-table]",
    "from all goto 32000",
  ])
    assert.deepEqual(met(rule), [""], rule);
  for (const rule of [
    "from all ipproto udp lookup 100",
    "from fd00:99::/48 fwmark 0x1 lookup 100",
    "from all fwmark 0x5 lookup main",
    "from fd00:10:244:1::/64 lookup 100",
  ])
    assert.deepEqual(met(rule), [], rule);
});
