/**
 * The first quarter of an hour with the extension on film: a fresh profile with nothing but the package, from its page to a fault
 * that is diagnosed and mended, a picture of each thing there is to see, in a dark and a light theme. `node test/extension/tour.ts FOLDER`, with
 * a package in out/ (`npm run package`); the last third needs a lab. It fails where something does not come.
 */
import { cpSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { installHost } from "#test/host/install.ts";
import { startWorkbench, type Workbench } from "#test/host/workbench.ts";
import { type Lab, startLab } from "#test/lab/lab.ts";
import { whyNoLab } from "#test/lab/requirements.ts";
import { installVsix } from "./install.ts";
import { openReport } from "./steps.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const themes = { dark: "Default Dark Modern", light: "Default Light Modern" };

type Shot = (name: string) => Promise<void>;

async function findIt({ page, command, openView, webview }: Workbench, shot: Shot): Promise<void> {
  await openView("Extensions");
  await page.locator(".extension-list-item", { hasText: "kube-ipv6" }).first().click();
  await webview().locator("h1", { hasText: "kube-ipv6" }).waitFor();
  await shot("the-page-of-the-extension");
  await command("IPv6: Get Started");
  await page.locator(".getting-started-step", { hasText: "See a mistake, and mend it" }).waitFor();
  await shot("get-started");
  await openView("Kubernetes IPv6");
  await page.locator(".welcome-view-content", { hasText: "There is no kubeconfig" }).waitFor();
  await shot("no-kubeconfig");
}

async function manifests(workbench: Workbench, shot: Shot): Promise<void> {
  const { page } = workbench;
  await workbench.command("View: Close All Editors");
  await workbench.openView("Explorer");
  await workbench.openFile("web.yaml");
  await workbench.squiggle("error");
  await workbench.notification(/IPv6 findings in \d files/);
  await shot("a-manifest-with-findings");
  await workbench.hover("SingleStack", /must be 'RequireDualStack' or/);
  await shot("what-is-wrong");
  await page.mouse.move(5, 5);
  await workbench.quickFixMenu("SingleStack", "PreferDualStack");
  await shot("light-bulb");
  await page.locator(".action-widget .monaco-list-row", { hasText: "PreferDualStack" }).first().click();
  await page.locator(".view-line", { hasText: "PreferDualStack" }).first().waitFor();
  await shot("mended");
  await page.keyboard.press("Control+s");
  await workbench.command("Problems: Focus on Problems View");
  await page.locator(".markers-panel .monaco-list-row").first().waitFor();
  await shot("problems-of-the-workspace");
  await workbench.command("View: Hide Panel");
  await page.locator(".statusbar-item [aria-label*='Language Status']").first().hover();
  await page.locator(".monaco-hover", { hasText: "IPv6:" }).first().waitFor();
  await shot("what-files-are-judged-for");
  await page.mouse.move(5, 5);
  await workbench.command("IPv6: Fix All IPv6 Findings in File");
  await page.locator(".quick-input-widget", { hasText: "eeds your decision" }).waitFor();
  await shot("fix-all");
  await page.keyboard.press("Escape");
  await page.locator(".quick-input-widget", { hasText: "eeds your decision" }).waitFor({ state: "hidden" });
  await workbench.command("IPv6: Explain Rule");
  await page.getByPlaceholder("The rule to explain").fill("network-policy-ipv4-any");
  await page.locator(".quick-input-list .monaco-list-row.focused", { hasText: "network-policy-ipv4-any" }).waitFor();
  await page.keyboard.press("Enter");
  await workbench.webview().locator("h1", { hasText: "network-policy-ipv4-any" }).waitFor();
  await shot("a-rule-explained");
  await workbench.command("View: Close All Editors");
  await workbench.command("IPv6: Show Address Plan");
  await workbench.webview().locator("h2", { hasText: "IPv6" }).first().waitFor();
  await shot("address-plan");
}

async function demo(workbench: Workbench, shot: Shot): Promise<void> {
  await workbench.command("View: Close All Editors");
  await workbench.command("IPv6: Open Demo Cluster");
  await workbench.row(/Dual-stack, IPv4 first/);
  for (const row of ["Nodes", "Namespaces", "default", "Services"]) await workbench.expand(row);
  await shot("demo-cluster");
  await openReport(workbench);
  await workbench.page.mouse.move(700, 5);
  await shot("demo-report");
  await workbench.command("IPv6: Leave Demo Cluster");
}

async function ownCluster(workbench: Workbench, lab: Lab, shot: Shot): Promise<void> {
  const { page } = workbench;
  const report = workbench.webview();
  await workbench.command("View: Close All Editors");
  await workbench.command("IPv6: Choose a Kubeconfig");
  const input = page.locator(".quick-input-widget input").first();
  await page.locator(".quick-input-widget", { hasText: "Use It" }).waitFor();
  const use = page.locator(".quick-input-widget .monaco-button", { hasText: "Use It" });
  // The dialog reads the folders of what is typed, and takes a click only when it has.
  for (let attempt = 0; attempt < 5 && (await use.isVisible()); attempt++) {
    await input.fill(lab.kubeconfig);
    await page.waitForTimeout(1000);
    await use.click();
    await use.waitFor({ state: "hidden", timeout: 3000 }).catch(() => undefined);
  }
  await workbench.row(/Dual-stack/);
  for (const row of ["Nodes", "Namespaces", "default", "Pods", "Services"]) await workbench.expand(row);
  await workbench.row("n1-p1");
  await shot("own-cluster");
  await lab.exec("n1", ["sysctl", "-qw", "net.ipv6.conf.all.forwarding=0"]);
  await workbench.command("IPv6: Run IPv6 Diagnosis");
  await page.locator(".quick-input-list .monaco-list-row", { hasText: "n1-p1" }).first().waitFor();
  await shot("what-to-diagnose");
  await page.locator(".quick-input-list .monaco-list-row", { hasText: "n1-p1" }).first().click();
  await page.locator(".quick-input-list .monaco-list-row", { hasText: "Whatever a pod should" }).first().waitFor();
  await shot("to-what");
  await page.locator(".quick-input-list .monaco-list-row", { hasText: "Whatever a pod should" }).first().click();
  await page.locator(".quick-input-list .monaco-list-row", { hasText: "Stay inside the cluster" }).first().click();
  await report.locator("h3", { hasText: "Root cause" }).waitFor({ timeout: 120_000 });
  await page.mouse.move(700, 5);
  await shot("root-cause");
  await workbench.row(/IPv6 forwarding is off on the node/);
  await (await workbench.row("n1")).click();
  await page.locator(".codelens-decoration", { hasText: "IPv6 forwarding is off" }).first().waitFor();
  await shot("results-in-tree-and-yaml");
  await lab.exec("n1", ["sysctl", "-qw", "net.ipv6.conf.all.forwarding=1"]);
  await page.locator(".tab", { hasText: "IPv6: " }).first().click();
  await report.locator("button", { hasText: "Check again" }).click();
  await report.locator(".strip", { hasText: /forwarding-off/ }).waitFor({ timeout: 120_000 });
  await shot("mended-and-checked-again");
  await workbench.command("Kubernetes IPv6: Focus on Diagnoses View");
  await workbench.row(/IPv6 works, IPv4 works/);
  await shot("the-diagnoses");
}

async function walk(theme: keyof typeof themes, vsix: string, shots: string, lab: Lab | undefined): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "kube-ipv6-tour-"));
  cpSync(path.join(ROOT, "examples"), path.join(folder, "shop"), { recursive: true });
  const workbench = await startWorkbench({
    folder: path.join(folder, "shop"),
    shots,
    settings: { "workbench.colorTheme": themes[theme], "remote.autoForwardPorts": false },
    extensions: [],
    extensionsDir: installVsix(vsix, folder),
    env: { HOME: folder },
  });
  let number = 0;
  const shot = async (name: string) => {
    // What fades in is seen as it is when it is there.
    await workbench.page.waitForTimeout(400);
    await workbench.screenshot(`${theme}-${String(++number).padStart(2, "0")}-${name}`);
  };
  try {
    await findIt(workbench, shot);
    await manifests(workbench, shot);
    await demo(workbench, shot);
    if (lab) await ownCluster(workbench, lab, shot);
    console.log(`${theme}: ${number} pictures in ${shots}`);
  } catch (error) {
    await shot("error");
    throw error;
  } finally {
    await workbench.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const shots = path.resolve(process.argv[2] ?? path.join(import.meta.dirname, "shots"));
const vsix = readdirSync(path.join(ROOT, "out")).findLast((name) => name.endsWith(".vsix"));
if (vsix === undefined) throw new Error("There is no package in out/: npm run package makes one.");
installHost();
const only = process.argv[3];
const why = await whyNoLab();
if (why !== undefined) console.error(`Without a cluster of its own: ${why}`);
const lab = why === undefined ? await startLab({ name: `tour${process.pid}`, nodes: 2, pods: 2 }) : undefined;
try {
  for (const theme of ["dark", "light"] as const)
    if (only === undefined || only === theme) await walk(theme, path.join(ROOT, "out", vsix), shots, lab);
} finally {
  await lab?.stop();
}
