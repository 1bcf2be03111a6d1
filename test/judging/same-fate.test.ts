import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { lostFrom, lostThrough, lostTo, throughPods, touching } from "#core/judging/same-fate.ts";
import type { Asking } from "#core/probing/probe.ts";
import { b, caseOf, type Dial, judge, podObject, a as seenFrom, serviceObject } from "#test/causes/case.ts";
import * as seen from "#test/causes/observed.ts";

const web = serviceObject("web", { clusterIPs: ["10.96.0.80", "fd00:10:96::80"], selector: { app: "b" } });
const beside = podObject("b", "n1", ["10.244.1.12", "fd00:10:244:1::12"]);
const silent: Dial = { outcome: "timeout", ms: 2000 };
const inVain = "fd00:10:96::a";

/** Of what nobody can look at. */
function come<T>(asking: Asking<T>): T {
  let step = asking.next([]);
  while (!step.done)
    step = asking.next(step.value.map(() => ({ ok: false, refusal: { reason: "failed", message: "" } })));
  return step.value;
}

describe("what a defect accounts for", () => {
  it("of a pod without IPv6: nothing that was answered, and no Service of others", () => {
    const subject = caseOf({
      services: [serviceObject("other", { clusterIPs: ["fd00:10:96::80"], selector: { app: "other" } })],
      dials: [
        { outcome: "network-unreachable" },
        { outcome: "refused", scope: "same-node" },
        { outcome: "no-address", scope: "service" },
      ],
      lookups: [
        { outcome: "no-record", text: "NOERROR", name: "four.example", server: inVain },
        { outcome: "timeout", text: "no answer", name: "six.example", server: inVain },
      ],
    });
    const [source, target] = subject.scene.pods;
    assert.ok(source && target);
    assert.deepEqual(touching(subject, source), ["IPv6 other-node", "AAAA timeout"]);
    assert.deepEqual(touching(subject, target), ["IPv6 other-node"]);
    assert.deepEqual(touching(subject, target, "refused"), ["IPv6 other-node", "IPv6 same-node"]);
  });

  it("of a node that loses what it passes on: nothing for itself, and no lookup that travels over IPv4", () => {
    const subject = caseOf({
      dials: [silent, { outcome: "timeout", scope: "node", host: "2001:db8:18::101" }, { ...silent, scope: "outside" }],
      lookups: [{ outcome: "timeout", text: "no answer", name: "six.example" }],
    });
    const [near, far] = subject.scene.nodes;
    const [source] = subject.scene.pods;
    assert.ok(near && far && source);
    assert.deepEqual(come(lostThrough(subject, near)), ["IPv6 other-node", "IPv6 outside"]);
    assert.deepEqual(come(lostThrough(subject, far)), ["IPv6 other-node"]);
    assert.deepEqual(come(lostThrough(subject, near, ["host-unreachable"])), []);
    assert.equal(come(lostFrom(subject, source)).length, 3, "its gateway stands before the node itself, too");
  });

  it("of a Service: all of its pods that are dialled are lost, in the same way", () => {
    const dials: Dial[] = [silent, { ...silent, scope: "service" }];
    const explained = (...more: Dial[]) => {
      const subject = caseOf({ pods: [seenFrom, b, beside], services: [web], dials: [...dials, ...more] });
      return throughPods(subject, subject.failures.slice(0, 1));
    };
    assert.deepEqual(explained(), ["IPv6 service"]);
    assert.deepEqual(explained({ outcome: "ok", scope: "same-node", pod: 2 }), [], "one of them is reached");
    assert.deepEqual(explained({ ...silent, scope: "same-node", pod: 2 }), [], "that one may be lost otherwise");
    const subject = caseOf({ services: [web], dials: [silent, { outcome: "refused", scope: "service" }] });
    assert.deepEqual(throughPods(subject, subject.failures.slice(0, 1)), [], "somebody refuses");
    assert.deepEqual(
      lostTo(subject, () => true),
      ["IPv6 other-node"],
    );
  });

  it("a missing route to the other node: no dial of a pod on the same one", () => {
    const { explains } = judge("route-to-peer-missing", {
      pods: [seenFrom, b, beside],
      dials: [silent, { outcome: "ok", family: "IPv4" }, { outcome: "host-unreachable", scope: "same-node", pod: 2 }],
      seen: {
        "routes node n1": seen.routes(seen.staticDefault),
        "routes node n2": seen.routes(seen.staticDefault, seen.toN1),
        dial: { ok: false, text: "", ms: 3500, tool: "nc" },
      },
    });
    assert.deepEqual(explains, ["IPv6 other-node"]);
  });
});
