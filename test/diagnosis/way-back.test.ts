import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Answer, answered, type KubeObject, refused } from "#core/cluster/cluster.ts";
import { noBackends } from "#core/diagnosis/backends.ts";
import { flowsOf, returnsOf } from "#core/diagnosis/flows.ts";
import { observeSymptoms } from "#core/diagnosis/observe-symptoms.ts";
import { standing } from "#core/diagnosis/resolve-scene.ts";
import type { Scene, ScenePod } from "#core/judging/scene.ts";
import type { LargeEcho } from "#core/probes/large-echo.ts";
import type { Question } from "#core/probing/probe.ts";
import { judged } from "#test/causes/case.ts";

const { subject } = judged("path-mtu-black-hole", { dials: [{ outcome: "ok" }] as never });
const [source, peer] = subject.scene.pods.map((pod) => speakingHttp(pod));
const parts = { ...subject.scene, subject: {}, pods: [source, peer], services: [], behind: noBackends } as never;
const whole: Scene = { ...subject.scene, flows: flowsOf(parts), returns: returnsOf(parts), names: [] };

function speakingHttp(pod: ScenePod): ScenePod {
  const containers = [{ ports: [{ name: "http", containerPort: 80 }] }];
  const object = { kind: "Pod", metadata: { name: pod.name }, spec: { containers } } as KubeObject;
  return { ...pod, object };
}

/** What is asked of the peer where a dial connects and the echo went as told. */
function askedOfPeer(echo: Answer<LargeEcho>): string[] {
  const asked: string[] = [];
  const answer = ({ probe, args }: Question) => {
    const { at } = args as { at: { pod: string } };
    if (at.pod === peer?.name) asked.push(probe.id);
    return probe.id === "large-echo" ? echo : answered({ ok: true, text: "", ms: 1, small: { ok: true }, padded: [] });
  };
  const asking = observeSymptoms(whole, 1.5);
  let step = asking.next([]);
  while (!step.done) step = asking.next(step.value.map(answer));
  return asked;
}

describe("the way back of large packets", () => {
  it("is seen by an echo that comes back, and nothing is asked of the other pod", () => {
    assert.equal(whole.returns.length, 1);
    assert.deepEqual(askedOfPeer(answered({ bytes: 1450, came: true })), []);
  });

  it("is looked at from the other pod where none came, or none could be sent", () => {
    const tried = ["dial", "big-request"];
    assert.deepEqual(askedOfPeer(answered({ bytes: 1450, came: false })), tried);
    assert.deepEqual(askedOfPeer(answered({ came: false, why: "the container has no ping" })), tried);
    assert.deepEqual(askedOfPeer(refused("cancelled", "")), tried);
  });

  it("is asked with the dials of the source alone", () => {
    const asked = (pod: ScenePod | undefined) =>
      standing(whole, 1.5)
        .standing({ kind: "pod", namespace: pod?.namespace ?? "", pod: pod?.name ?? "" })
        .filter(({ probe }) => probe.id === "large-echo").length;
    assert.deepEqual([source, peer].map(asked), [1, 0]);
  });
});
