import assert from "node:assert/strict";
import { test } from "node:test";
import { isSound, planText, type RingListener } from "#core/ring/plan.ts";
import { readDiallerLog } from "#core/ring/results.ts";

const listeners: RingListener[] = [
  { node: "n1", pod: "p1", addresses: { IPv4: "10.0.0.1", IPv6: "fd00::1" } },
  { node: "n2", pod: "p2", addresses: { IPv6: "fd00::2" } },
];

test("a plan says to each whom it dials, and a family that is not there as nothing", () => {
  assert.equal(planText(listeners, [[0, 1]]), "n1 p1 10.0.0.1 fd00::1 1\nn2 p2 - fd00::2 -\n");
});

test("a log is read by its own words alone", () => {
  const log = [
    "d 1 6 ok 1",
    "d 1 4 timeout 2",
    "d 0 6 ok 1",
    "d 7 6 ok 1",
    "d 1 6 wonderful 1",
    "\u001b[31md 1 6 refused 1",
    "x".repeat(10_000),
    "end",
  ].join("\n");
  const read = readDiallerLog(log, "n1", listeners, ["IPv4", "IPv6"]);
  assert.deepEqual(read.dials, [
    { from: "n1", to: "n2", family: "IPv6", outcome: "ok", tries: 1 },
    { from: "n1", to: "n2", family: "IPv4", outcome: "timeout", tries: 2 },
  ]);
  assert.deepEqual([read.ended, read.unable], [true, false]);
});

test("a family that the dialling pod has no address of was not dialled, whatever its log says", () => {
  const { dials } = readDiallerLog("d 1 4 unreachable 2\nd 1 6 ok 1\nend\n", "n1", listeners, ["IPv6"]);
  assert.deepEqual(
    dials.map(({ family }) => family),
    ["IPv6"],
  );
});

test("what was cut off has not ended", () => {
  assert.equal(readDiallerLog("d 1 6 ok 1\nen", "n1", listeners, ["IPv6"]).ended, false);
});

test("a name or an address that is none gets into no plan", () => {
  const of = (part: Partial<RingListener>) => isSound({ ...(listeners[0] as RingListener), ...part });
  assert.ok(of({}));
  for (const part of [
    { node: "n1 $(id)" },
    { pod: "p\n1" },
    { node: "" },
    { addresses: { IPv6: "::1; id" } },
    { addresses: { IPv4: "fd00::1" } },
  ])
    assert.ok(!of(part), JSON.stringify(part));
});
