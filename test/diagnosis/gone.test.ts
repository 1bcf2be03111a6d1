import assert from "node:assert/strict";
import { it } from "node:test";
import { type Refusal, refused } from "#core/cluster/cluster.ts";
import { diagnose, diagnoseSaved, openSaved, type Saved, saved } from "#core/diagnosis/diagnosis.ts";
import { type FixtureCluster, fixtureCluster, node, runningPod } from "./fixture-cluster.ts";

const objects = [
  node("n1"),
  runningPod("client", "n1", ["127.0.0.1", "::1"]),
  runningPod("web", "n1", ["127.0.0.1", "::1"], 8080),
  runningPod("calico-node-n1", "n1", ["2001:db8::1"], undefined, { hostNetwork: true }),
];
const subject = {
  from: { namespace: "default", name: "client" },
  to: { kind: "pod", namespace: "default", name: "web" },
} as const;

for (const reason of ["not-found", "not-running"] as const)
  it(`a pod that is gone when it is looked into, as in any rollout, is no kernel without IPv6 (${reason})`, async () => {
    const refusal: Refusal = {
      reason,
      message: `Cannot run sh in container "app" of pod default/client: pods "client" not found.`,
    };
    const cluster = fixtureCluster(objects, { refuse: ({ pod }) => (pod === "client" ? refusal : undefined) });
    const { verdicts, families } = await diagnose(cluster, subject, { now: Date.now });
    assert.deepEqual(
      verdicts.filter(({ status }) => status === "proven"),
      [],
    );
    assert.deepEqual(families.IPv6.works, []);
  });

/** As it is in a rollout: the pod is there when it is first seen, and gone from then on. */
function rollingOut(gone: string): FixtureCluster {
  const cluster = fixtureCluster(objects);
  let seen = false;
  return {
    ...cluster,
    list: async (type, options) => {
      if (type.resource === "pods") seen = true;
      return cluster.list(type, options);
    },
    get: async (type, name, options) => {
      if (type.resource !== "pods" || name !== gone) return cluster.get(type, name, options);
      if (seen) return refused("not-found", `pods "${name}" not found`);
      seen = true;
      return cluster.get(type, name, options);
    },
  };
}

it("a pod that is deleted after it was listed is dialled in vain, which is no failure of the network", async () => {
  const diagnosis = await diagnose(rollingOut("web"), {}, { now: Date.now });
  const dialled = diagnosis.symptoms.filter(({ to }) => to.startsWith("pod default/web"));
  assert.deepEqual(
    dialled.map(({ family, outcome, text }) => `${family} ${outcome}: ${text}`),
    [
      "IPv6 not-looked: pod default/web was deleted meanwhile",
      "IPv4 not-looked: pod default/web was deleted meanwhile",
    ],
  );
  assert.deepEqual(
    diagnosis.symptoms.filter(({ failed, kind }) => failed && kind === "dial").map(({ to }) => to),
    [],
  );
  const again = await diagnoseSaved(openSaved(JSON.stringify(saved(diagnosis))) as Saved);
  assert.deepEqual(again.symptoms, diagnosis.symptoms);
});

it("a target that is deleted before it is dialled is the answer, with what to do", async () => {
  const { stopped, families } = await diagnose(rollingOut("web"), subject, { now: Date.now });
  assert.deepEqual(stopped, {
    reason: "not-found",
    message: "pod default/web was deleted meanwhile",
    remedy: "Ask again: the cluster has changed since.",
  });
  assert.deepEqual([families.IPv6.fails, families.IPv4.fails], [[], []]);
});
