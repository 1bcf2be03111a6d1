import assert from "node:assert/strict";
import { it } from "node:test";
import type { Refusal } from "#core/cluster/cluster.ts";
import { diagnose } from "#core/diagnosis/diagnosis.ts";
import { fixtureCluster, node, runningPod } from "./fixture-cluster.ts";

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
