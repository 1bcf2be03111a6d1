import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { answered } from "#core/cluster/cluster.ts";
import { probes } from "#core/probes/index.ts";
import type { ExecProbe, Probe, Vantage } from "#core/probing/probe.ts";
import { questionId } from "#core/probing/probe.ts";
import { Runner } from "#core/probing/runner.ts";
import { dials, surrounds } from "#core/probing/want.ts";

const node: Vantage = { kind: "node", node: "n1" };
const pod: Vantage = { kind: "pod", namespace: "default", pod: "a" };
/** Every argument that a probe takes, so that each can be asked what it wants. */
const args = { at: node, from: pod, node: "n1", of: ["fd00::1"], host: "fd00::2", port: 80, seconds: 1, type: "AAAA" };
const more = { together: "once", packets: [], path: "/etc/hosts", plugin: "flannel" };
const named = { ...args, ...more, server: "fd00::a", name: "web.example" };
const inContainers = (Object.values(probes) as readonly Probe<unknown, unknown>[]).filter(
  (probe): probe is ExecProbe<unknown, unknown> => probe.access === "exec",
);

describe("what is read before and after a dial", () => {
  it("is asked with whatever else is asked, or dials or holds itself", () => {
    const around = inContainers.filter((probe) => probe.wants(named).some(surrounds));
    assert.ok(around.length > 2, `${around.length}`);
    for (const probe of around) {
      const always = [node, pod].some((at) => probe.always?.(at) !== undefined);
      assert.ok(
        always || probe.wants(named).some(dials),
        `${probe.id} has to say in "always" of which vantages it is asked`,
      );
    }
  });

  it("is said to be no answer where nothing was dialled, and no container is bothered for it", async () => {
    let execs = 0;
    const cluster = { context: "", run: async () => answered({ stdout: "", stderr: "", exitCode: 0 }) };
    const container = { namespace: "default", pod: "x", container: "c", image: "", limited: false };
    const runner = new Runner(cluster as never, { access: "exec", containers: () => [container] }, () => execs++);
    const [observation] = await runner.run([{ probe: probes.counters as never, args: { at: node } }]);
    assert.equal(execs, 0);
    assert.match(observation?.line ?? "", /read without a dial/);
  });
});

it("a probe that is always asked of a place asks it there, with one question a place", () => {
  for (const at of [node, pod]) {
    const standing = inContainers.flatMap((probe) => {
      const always = probe.always?.(at);
      return always === undefined ? [] : [{ probe, args: always }];
    });
    for (const one of standing) assert.deepEqual(one.probe.vantage(one.args), at, one.probe.id);
    assert.equal(new Set(standing.map(questionId)).size, standing.length);
  }
});
