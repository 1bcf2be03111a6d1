import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { runLedger } from "#cluster/ledger.ts";
import { ownerLabel } from "#core/cluster/outposts.ts";
import type { Workbench } from "#test/host/workbench.ts";
import type { Lab } from "#test/lab/lab.ts";

/** What a run that was killed has left is told of when its cluster is looked at, and removed on a yes, alone. */
export async function whatIsLeft(workbench: Workbench, shot: (name: string) => Promise<void>, lab: Lab): Promise<void> {
  const { page } = workbench;
  const name = "kube-ipv6-left1";
  const path = "/api/v1/namespaces/default/configmaps";
  const made = (name: string, labels: object) => ({ apiVersion: "v1", kind: "ConfigMap", metadata: { name, labels } });
  await lab.api("POST", path, made(name, { [ownerLabel]: name }));
  await lab.api("POST", path, made("somebody-elses", {}));
  const names = async () =>
    (await lab.api("GET", path)).items.map(({ metadata }: { metadata: { name: string } }) => metadata.name);
  const { pid } = spawnSync(process.execPath, ["--version"]);
  const ledger = runLedger();
  const run = { name, namespace: "default", image: "busybox", nodes: 2, seconds: 150 };
  const server = /server: (\S+)/.exec(readFileSync(lab.kubeconfig, "utf8"))?.[1] ?? "";
  ledger.write({ format: 1, run, context: lab.name, server, created: Date.now() - 600_000, process: { pid } });
  const loaded = page.waitForEvent("load");
  await workbench.command("Developer: Reload Window");
  await loaded;
  await workbench.openView("Kubernetes IPv6");
  const toast = await workbench.notification(/was left in .*Job kube-ipv6-left1 in namespace default/);
  await shot("30-left-by-a-run");
  assert.ok((await names()).includes(name), "nothing is removed before the yes");
  await toast.locator(".monaco-button", { hasText: "Remove" }).click();
  await workbench.notification(/It was removed/);
  assert.deepEqual([(await names()).includes(name), (await names()).includes("somebody-elses")], [false, true]);
  assert.deepEqual(
    ledger.entries().filter((entry) => entry.run?.name === name),
    [],
  );
  await lab.api("DELETE", `${path}/somebody-elses`);
  await workbench.command("Notifications: Clear All Notifications");
}
