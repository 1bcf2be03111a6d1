/** A diagnosis of one pod that dials another, whose containers are this machine: the walk of a dial in docs/architecture.md. */

import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { diagnose } from "#core/diagnosis/diagnosis.ts";
import { diagnosisToText } from "#core/report/diagnosis.ts";
import { fixtureCluster, node, runningPod } from "#test/diagnosis/fixture-cluster.ts";

const server = createServer((socket) => socket.end());
await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
const { port } = server.address() as AddressInfo;
const cluster = fixtureCluster([
  node("n1"),
  runningPod("client", "n1", ["127.0.0.1", "::1"]),
  runningPod("web", "n1", ["127.0.0.1", "::1"], port),
]);
const subject = {
  from: { namespace: "default", name: "client" },
  to: { kind: "pod", namespace: "default", name: "web" },
} as const;
console.log(diagnosisToText(await diagnose(cluster, subject, { now: Date.now }), { color: false }));
server.close();
