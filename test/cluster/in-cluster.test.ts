import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { readKubeconfig } from "#cluster/kubeconfig.ts";
import { openCluster } from "#cluster/open-cluster.ts";
import { certificateAuthority } from "./certificates.ts";
import { answerOf, refusalOf, temporaryFolder } from "./kubeconfig-file.ts";
import { replay, startReplay } from "./replay.ts";

test("a pod without a kubeconfig speaks for itself, over IPv6 too", async (t) => {
  const ours = await certificateAuthority();
  const server = await startReplay(() => replay("discovery/version"), await ours.sign("apiserver", ["::1"]), "::1");
  t.after(() => server.close());
  const serviceAccount = await temporaryFolder(t);
  for (const [name, text] of [
    ["token", "pod-token\n"],
    ["ca.crt", ours.pem],
    ["namespace", "web"],
  ] as const)
    await writeFile(join(serviceAccount, name), text);
  const env = {
    HOME: await temporaryFolder(t),
    KUBERNETES_SERVICE_HOST: "::1",
    KUBERNETES_SERVICE_PORT: String(server.port),
  };
  const kubeconfig = answerOf(await readKubeconfig({ env, serviceAccount }));
  assert.deepEqual(kubeconfig.contexts, [
    {
      name: "in-cluster",
      cluster: "in-cluster",
      user: "in-cluster",
      namespace: "web",
      userKind: "token",
      server: `https://[::1]:${server.port}`,
    },
  ]);
  const cluster = answerOf(await openCluster(kubeconfig, undefined, { env }));
  t.after(() => cluster.close());
  assert.equal(cluster.context, "", "kubectl knows no context of that name there");
  answerOf(await cluster.version());
  assert.equal(server.asked[0]?.headers.authorization, "Bearer pod-token");
});

test("a kubeconfig comes first, and one that was named has to be there", async (t) => {
  const serviceAccount = await temporaryFolder(t);
  await writeFile(join(serviceAccount, "token"), "t");
  const home = await temporaryFolder(t);
  const env = { HOME: home, KUBERNETES_SERVICE_HOST: "10.96.0.1", KUBERNETES_SERVICE_PORT: "443" };
  const path = join(home, "missing");
  assert.equal(refusalOf(await readKubeconfig({ env, serviceAccount, path })).reason, "absent");
  await writeFile(
    join(home, "config"),
    JSON.stringify({ "current-context": "other", contexts: [{ name: "other", context: {} }] }),
  );
  const own = answerOf(await readKubeconfig({ env: { ...env, KUBECONFIG: join(home, "config") }, serviceAccount }));
  assert.equal(own.current, "other");
  const nowhere = await readKubeconfig({ env: { HOME: home }, serviceAccount });
  assert.match(refusalOf(nowhere).message, /There is no kubeconfig/);
});
