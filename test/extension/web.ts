import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { HostUnavailable, installHost, UNAVAILABLE } from "#test/host/install.ts";
import { startWebWorkbench, type Workbench } from "#test/host/workbench.ts";
import { resolved } from "../../scripts/localization.ts";
import { steps } from "./steps.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");

interface Declared {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly enablement?: string }[];
    readonly menus: { readonly commandPalette: readonly { readonly command: string; readonly when: string }[] };
  };
}

/** The extension as in vscode.dev: the browser runs it, the files are in a repository, there is no cluster and no disk. */
async function main(): Promise<void> {
  installHost();
  const folder = path.join(import.meta.dirname, "workspace");
  const shots = path.join(import.meta.dirname, "shots");
  const workbench = await startWebWorkbench({ extension: ROOT, folder, shots });
  const hosts = new Set<string>();
  workbench.page.on("request", (request) => hosts.add(new URL(request.url()).host));
  const shot = (name: string) => workbench.screenshot(`web-${name}`);
  try {
    for (const name of ["editor", "policy", "plan", "fixAll"]) await steps[name]?.(workbench, shot, "light");
    await settingsInTheRepository(workbench);
    await aRulesPage(workbench, shot);
    await onlyWhatNeedsNoCluster(workbench, shot);
    const strangers = [...hosts].filter((host) => host !== "" && host !== new URL(workbench.server.address).host);
    assert.deepEqual(strangers, [], "nobody else is asked for anything");
    assert.deepEqual(
      workbench.printed.filter((line) => line.includes("kube-ipv6.kube-ipv6") && /fail|error/i.test(line)),
      [],
    );
  } catch (error) {
    await shot("error");
    console.error(
      workbench.printed
        .filter((line) => !/404|INFO/.test(line))
        .slice(-30)
        .join("\n"),
    );
    throw error;
  } finally {
    await workbench.close();
  }
}

/** Settings that are written into the repository hold there: the version, and a rule that is off. */
async function settingsInTheRepository(workbench: Workbench): Promise<void> {
  const { page } = workbench;
  await workbench.openFile("policy.yaml");
  await workbench.squiggle("warning");
  await workbench.quickFixMenu("externalIPs", "Turn service-external-ips off for this folder");
  const off = page.locator(".action-widget .monaco-list-row", {
    hasText: "Turn service-external-ips off for this folder",
  });
  await off.first().click();
  await workbench.notification(/service-external-ips is off in \.kube-ipv6\.yaml/);
  await (await workbench.row(".kube-ipv6.yaml")).waitFor();
  await workbench.openFile("policy.yaml");
  await page.locator(".squiggly-warning").nth(2).waitFor({ state: "detached" });
  assert.equal(await page.locator(".squiggly-warning").count(), 2, "those of the other two rules");
}

async function aRulesPage(workbench: Workbench, shot: (name: string) => Promise<void>): Promise<void> {
  await workbench.command("IPv6: Explain Rule");
  const input = workbench.page.locator(".quick-input-widget input").first();
  await input.fill("not-canonical");
  await workbench.page.locator(".quick-input-list .monaco-list-row.focused", { hasText: "not-canonical" }).waitFor();
  await workbench.page.keyboard.press("Enter");
  // This stand-in for vscode.dev comes without VS Code's extension that draws Markdown.
  await workbench.page.locator(".tab.active", { hasText: "not-canonical.md" }).waitFor();
  await shot("rule");
}

/** The palette offers what works here: all of that, and nothing that asks a cluster. */
async function onlyWhatNeedsNoCluster(workbench: Workbench, shot: (name: string) => Promise<void>): Promise<void> {
  const [manifest, texts] = ["package.json", "package.nls.json"].map((name) =>
    readFileSync(path.join(ROOT, name), "utf8"),
  );
  const { contributes } = JSON.parse(resolved(manifest ?? "", texts ?? "{}")) as Declared;
  const never = contributes.menus.commandPalette.filter(({ when }) => when === "false").map(({ command }) => command);
  const expected = contributes.commands
    .filter(({ command, enablement }) => enablement === undefined && !never.includes(command))
    .map(({ title }) => `IPv6: ${title}`);
  await workbench.openFile("policy.yaml");
  await workbench.page.keyboard.press("F1");
  await workbench.page.locator(".quick-input-widget input").first().fill(">IPv6: ");
  const rows = workbench.page.locator(".quick-input-list .monaco-list-row", { hasText: "IPv6: " });
  await rows.nth(expected.length - 1).waitFor();
  await shot("palette");
  const offered = await rows.locator(".label-name").allTextContents();
  const ours = offered.map((label) => label.trim()).filter((label) => label.startsWith("IPv6: "));
  assert.deepEqual(ours.sort(), expected.sort());
  await workbench.page.keyboard.press("Escape");
  assert.equal(await workbench.page.locator('.activitybar a[aria-label^="Kubernetes IPv6"]').count(), 0);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof HostUnavailable)) throw error;
  console.error(`SKIPPED the run in a browser: ${error.message}`);
  process.exitCode = UNAVAILABLE;
}
