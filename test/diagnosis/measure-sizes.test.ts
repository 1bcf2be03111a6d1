import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { answered } from "#core/cluster/cluster.ts";
import { measureSizes } from "#core/diagnosis/measure-sizes.ts";
import type { Flow } from "#core/judging/scene.ts";
import type { Subject } from "#core/judging/subject.ts";
import type { PathMtuArgs } from "#core/probes/path-mtu.ts";
import type { Question } from "#core/probing/probe.ts";
import { judged } from "#test/causes/case.ts";

/** A scene whose first dial over each family went as told, and which echoes are sent for it. */
function measured(subject: Partial<Subject>, { outcome = "ok", more = {} as Partial<Flow> } = {}) {
  const dials = [{ outcome }, { outcome: "ok", family: "IPv4" }] as never;
  const { subject: made } = judged("path-mtu-black-hole", { dials });
  const symptoms = made.symptoms.map((one) => ({ ...one, flow: { ...(one.flow as Flow), ...more } }));
  const sent: PathMtuArgs[] = [];
  const answer = ({ probe, args }: Question) => {
    if (probe.id === "path-mtu") sent.push(args as PathMtuArgs);
    const seen = probe.id === "links" ? { lo: 65536, eth0: 1500 } : probe.id === "path-mtu" ? narrow : [];
    return answered(seen);
  };
  const asking = measureSizes(made.scene, symptoms, subject as Subject);
  let step = asking.next([]);
  while (!step.done) step = asking.next(step.value.map(answer));
  return { sizes: step.value, sent };
}

const narrow = { largest: 1400, next: 1401, told: true, packets: 13 };

describe("how large packets may be is found out", () => {
  it("where a connection hangs, over both families, and the second is tried as narrow as the first", () => {
    const { sizes, sent } = measured({}, { outcome: "stalls", more: { asked: false } });
    assert.deepEqual(
      sizes.map(({ family, largest, state }) => [family, largest, state]),
      [
        ["IPv6", 1400, "told"],
        ["IPv4", 1400, "told"],
      ],
    );
    const ofPod = sent.filter(({ at }) => at.kind === "pod");
    assert.deepEqual(
      ofPod.map(({ family, likely }) => [family, likely]),
      [
        ["IPv6", undefined],
        ["IPv4", 1400],
      ],
    );
  });

  it("else where it was asked for, on the way to what was named: a node too, and no address that rules translate", () => {
    assert.deepEqual(measured({}).sizes, []);
    assert.equal(measured({ sizes: true }, { more: { asked: true } }).sizes.length, 2);
    assert.equal(measured({ sizes: true }, { more: { asked: true, scope: "service" } }).sizes.length, 0);
    const to = { kind: "node", name: "n2" } as const;
    assert.equal(measured({ sizes: true, to }, { more: { asked: false, target: to } }).sizes.length, 2);
    assert.equal(measured({ sizes: true }, { more: { asked: false } }).sizes.length, 0);
  });
});
