import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { HostUnavailable, installHost, UNAVAILABLE } from "#test/host/install.ts";
import { SERVER_MAIN } from "#test/host/server.ts";
import { startWorkbench, type Workbench } from "#test/host/workbench.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const SHOTS = path.join(import.meta.dirname, "shots");

const themes = { dark: "Default Dark Modern", light: "Default Light Modern" };

/** What a person does with the extension, through the UI alone, with a screenshot of each step in `shots/`. */
async function walk(workbench: Workbench, theme: string): Promise<void> {
  const shot = (name: string) => workbench.screenshot(`${theme}-${name}`);
  await inTheEditor(workbench, shot);
  await inTheTree(workbench, shot);
  await theReport(workbench, shot);
}

type Shot = (name: string) => Promise<void>;

async function inTheEditor(workbench: Workbench, shot: Shot): Promise<void> {
  const { page } = workbench;
  await workbench.openFile("policy.yaml");
  await workbench.squiggle("warning");
  await workbench.hover("0.0.0.0/0", /::\/0/);
  await shot("1-squiggle-and-hover");
  await page.mouse.move(5, 5);
  await workbench.quickFixMenu("0.0.0.0/0", "Allow ::/0 as well");
  await shot("2-quick-fix-menu");
  await page.locator(".action-widget .monaco-list-row", { hasText: "Allow ::/0 as well" }).first().click();
  await page.locator(".view-line", { hasText: "cidr: ::/0" }).waitFor();
  await shot("3-fixed");
}

async function inTheTree(workbench: Workbench, shot: Shot): Promise<void> {
  await workbench.command("IPv6: Open Demo Cluster");
  await workbench.row(/Dual-stack, IPv4 first/);
  for (const row of ["Families", "Nodes", "Namespaces", "default", "Services", "NetworkPolicies"])
    await workbench.expand(row);
  await workbench.row("stops-at-ipv4");
  await shot("4-tree");
  await (await workbench.row("stops-at-ipv4")).click();
  await workbench.page.locator(".tab.active", { hasText: "stops-at-ipv4.yaml" }).waitFor();
  await workbench.squiggle("warning");
  await shot("5-object-as-yaml");
}

async function theReport(workbench: Workbench, shot: Shot): Promise<void> {
  await workbench.command("IPv6: Run IPv6 Diagnosis");
  const report = workbench.webview();
  await report.locator("h2", { hasText: "Root cause" }).waitFor();
  await shot("6-report");
  await report.locator("button", { hasText: "Copy" }).first().click();
  await report.locator("button", { hasText: "Copied" }).first().waitFor();
  await workbench.page.waitForFunction(async () =>
    (await navigator.clipboard.readText()).startsWith("kubectl --context demo "),
  );
  await report.locator("button", { hasText: "Run again" }).click();
  await workbench.page.locator(".tab", { hasText: "IPv6 Diagnosis" }).nth(1).waitFor();
  await report.locator("summary", { hasText: "Everything that was asked" }).click();
  await report.locator("summary", { hasText: "Everything that was asked" }).scrollIntoViewIfNeeded();
  await shot("7-report-questions");
}

/** The extension as it is in the working tree, or, with `--vsix FILE`, installed from its package. */
function extensionOptions(folder: string): { extensions: string[]; extensionsDir?: string } {
  const at = process.argv.indexOf("--vsix");
  if (at < 0) return { extensions: [ROOT] };
  const extensionsDir = path.join(folder, ".extensions");
  const install = ["--install-extension", path.resolve(process.argv[at + 1] ?? ""), "--extensions-dir", extensionsDir];
  execFileSync(process.execPath, [SERVER_MAIN, ...install, "--server-data-dir", path.join(folder, ".data")], {
    stdio: "pipe",
  });
  return { extensions: [], extensionsDir };
}

async function main(): Promise<void> {
  installHost();
  for (const [theme, colorTheme] of Object.entries(themes)) {
    const folder = mkdtempSync(path.join(tmpdir(), "kube-ipv6-e2e-"));
    cpSync(path.join(import.meta.dirname, "workspace"), folder, { recursive: true });
    const start = performance.now();
    const settings = { "workbench.colorTheme": colorTheme, "kube-ipv6.kubeconfig": "/no/such/kubeconfig" };
    const workbench = await startWorkbench({ folder, shots: SHOTS, settings, ...extensionOptions(folder) });
    try {
      await walk(workbench, theme);
      console.log(`${theme}: editor, tree, object and report in ${((performance.now() - start) / 1000).toFixed(1)} s`);
    } catch (error) {
      await workbench.screenshot(`${theme}-error`);
      throw error;
    } finally {
      await workbench.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

try {
  await main();
} catch (error) {
  if (!(error instanceof HostUnavailable)) throw error;
  console.error(`SKIPPED the run through the user interface: ${error.message}`);
  process.exitCode = UNAVAILABLE;
}
