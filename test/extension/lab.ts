import { type Lab, startLab } from "#test/lab/lab.ts";
import { whyNoLab } from "#test/lab/requirements.ts";

/** A healthy dual-stack lab with a policy that stops at IPv4 and selects no pod; undefined, and said, where none can run. */
export async function testLab(): Promise<Lab | undefined> {
  const why = await whyNoLab();
  if (why !== undefined) {
    console.error(`SKIPPED the tests against a live cluster: ${why}`);
    return undefined;
  }
  const lab = await startLab({ name: `ext${process.pid}`, nodes: 2, pods: 2 });
  // Network namespaces outlive whoever made them.
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => void lab.stop().finally(() => process.exit(1)));
  }
  await lab.api("POST", "/apis/networking.k8s.io/v1/namespaces/default/networkpolicies", {
    apiVersion: "networking.k8s.io/v1",
    kind: "NetworkPolicy",
    metadata: { name: "stops-at-ipv4" },
    spec: {
      podSelector: { matchLabels: { app: "nobody" } },
      policyTypes: ["Egress"],
      egress: [{ to: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }],
    },
  });
  return lab;
}
