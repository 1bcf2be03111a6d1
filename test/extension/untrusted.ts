/** A folder that nobody trusts: its manifests are judged, its kubeconfig is not taken, and no credential plugin runs. */
import assert from "node:assert/strict";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { HostUnavailable, installHost, UNAVAILABLE } from "#test/host/install.ts";
import { startWorkbench, type Workbench } from "#test/host/workbench.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");

async function main(): Promise<void> {
  installHost();
  const home = mkdtempSync(path.join(tmpdir(), "kube-ipv6-untrusted-"));
  const folder = path.join(home, "workspace");
  cpSync(path.join(import.meta.dirname, "workspace"), folder, { recursive: true });
  const [ofUser, ofFolder] = ["user", "folder"].map((whose) => {
    const ran = path.join(home, `${whose}-ran`);
    const config = path.join(whose === "user" ? home : folder, "config");
    writeFileSync(config, kubeconfig(whose, ran));
    return { config, ran };
  });
  assert.ok(ofUser && ofFolder);
  mkdirSync(path.join(folder, ".vscode"));
  writeFileSync(
    path.join(folder, ".vscode/settings.json"),
    JSON.stringify({ "kube-ipv6.kubeconfig": ofFolder.config }),
  );
  const settings = {
    "kube-ipv6.kubeconfig": ofUser.config,
    "security.workspace.trust.startupPrompt": "never",
    "remote.autoForwardPorts": false,
  };
  const shots = path.join(import.meta.dirname, "shots");
  const options = { folder, shots, settings, extensions: [ROOT], asksForTrust: true };
  const workbench = await startWorkbench(options);
  try {
    await restricted(workbench);
    await workbench.screenshot("untrusted");
    assert.deepEqual([existsSync(ofUser.ran), existsSync(ofFolder.ran)], [false, false]);
    await trusted(workbench);
    for (let attempt = 0; attempt < 100 && !existsSync(ofFolder.ran); attempt++) await wait(200);
    assert.ok(existsSync(ofFolder.ran), "once it is trusted, the folder's setting counts, and its plugin runs");
  } catch (error) {
    await workbench.screenshot("untrusted-error");
    throw error;
  } finally {
    await workbench.close();
    rmSync(home, { recursive: true, force: true });
  }
}

/** Everything that asks for a cluster, in a folder that is not trusted. */
async function restricted(workbench: Workbench): Promise<void> {
  await workbench.page.locator(".statusbar", { hasText: "Restricted Mode" }).waitFor();
  await workbench.openFile("policy.yaml");
  await workbench.squiggle("warning");
  await workbench.hover("0.0.0.0/0", /add ::\/0/);
  await workbench.page.mouse.move(5, 5);
  await workbench.openView("Kubernetes IPv6");
  await workbench.row(/^user.*workspace not trusted/);
  await workbench.command("IPv6: Run IPv6 Diagnosis");
  await workbench.row("Manage Workspace Trust");
}

async function trusted({ page, ...workbench }: Workbench): Promise<void> {
  await (await workbench.row("Manage Workspace Trust")).click();
  await page.getByRole("button", { name: "Trust", exact: true }).click();
  await page.keyboard.press("Escape");
  await workbench.row(/^folder/);
}

/** A context whose credentials come from a program that leaves a mark. */
function kubeconfig(name: string, ran: string): string {
  return `apiVersion: v1
kind: Config
current-context: ${name}
contexts: [{name: ${name}, context: {cluster: ${name}, user: ${name}}}]
clusters: [{name: ${name}, cluster: {server: "http://127.0.0.1:9"}}]
users:
  - name: ${name}
    user:
      exec:
        apiVersion: client.authentication.k8s.io/v1
        command: touch
        args: [${ran}]
        interactiveMode: Never
`;
}

try {
  await main();
} catch (error) {
  if (!(error instanceof HostUnavailable)) throw error;
  console.error(`SKIPPED the folder that nobody trusts: ${error.message}`);
  process.exitCode = UNAVAILABLE;
}
