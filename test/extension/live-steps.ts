import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Workbench } from "#test/host/workbench.ts";
import type { Lab } from "#test/lab/lab.ts";
import { violations } from "./accessibility.ts";
import { fromWhereClientsStand } from "./besides-step.ts";
import { atBothEnds } from "./both-ends-step.ts";
import { choose, start } from "./choosing.ts";
import { whatIsLeft } from "./left-step.ts";

type Shot = (name: string) => Promise<void>;
type LiveStep = (workbench: Workbench, shot: Shot, lab: Lab) => Promise<void>;

/** What a person meets at a cluster: a target that is named, a refusal in place of a report, and one that was cancelled. */
export const liveSteps: Readonly<Record<string, LiveStep>> = {
  target: aNameInTwoSteps,
  besides: fromWhereClientsStand,
  change: aChangeWithANet,
  packets: packetsInWords,
  ends: atBothEnds,
  left: whatIsLeft,
  cancelled: thatIsCancelled,
  unreachable: thatIsOutOfReach,
  refused: thatIsRefused,
};

/** A pod, then a name as the pod spells it: it is resolved, and dialled; asked again, the two are compared. */
async function aNameInTwoSteps(workbench: Workbench, shot: Shot): Promise<void> {
  const { page } = workbench;
  await workbench.command("IPv6: Run IPv6 Diagnosis");
  await choose(workbench, "pod/n1-p1", /from which pod, or to what/);
  const list = page.locator(".quick-input-widget");
  await list.getByText("IPv6 Diagnosis from pod default/n1-p1").waitFor();
  await list.locator("input").first().fill("web:80");
  await list.locator(".monaco-list-row", { hasText: "as the pod resolves it" }).first().waitFor();
  await shot("16-target");
  await list.locator(".monaco-list-row", { hasText: "as the pod resolves it" }).first().click();
  await start(workbench);
  const report = workbench.webview();
  await report.locator("h1", { hasText: "to web:80" }).waitFor();
  await page.mouse.move(5, 5);
  const [name, dial] = [report.locator("tbody tr").nth(0), report.locator("tbody tr").nth(1)];
  await name.filter({ hasText: /web\.default\.svc\.cluster\.local\s*at DNS server/ }).waitFor();
  await dial.filter({ hasText: "Service default/web" }).waitFor();
  await shot("17-name-and-dial");
  assert.deepEqual(await violations(workbench, "main[data-report]"), []);
  await report.locator("button", { hasText: "Check again" }).click();
  await report.locator(".strip").waitFor({ timeout: 120_000 });
  await workbench.command("Kubernetes IPv6: Focus on Diagnoses View");
  await workbench.menuOf(/web:80/);
  // A click that follows the menu too soon is taken for the end of the one that opened it.
  await page.locator(".monaco-menu .action-label", { hasText: "Compare Diagnoses" }).hover();
  await page.keyboard.press("Enter");
  await report.locator("h1", { hasText: "Two IPv6 diagnoses compared" }).waitFor();
  await page.mouse.move(5, 5);
  await shot("17-compared");
  assert.deepEqual(await violations(workbench, ".columns"), []);
  await workbench.command("View: Close All Editors");
}

/** From a proven cause to the change that mends it: shown, agreed to, seen to help, and undone. */
async function aChangeWithANet(workbench: Workbench, shot: Shot, lab: Lab): Promise<void> {
  const { page } = workbench;
  const services = "/api/v1/namespaces/default/services";
  const spec = { selector: { app: "web" }, ports: [{ port: 80, targetPort: 8080 }], ipFamilies: ["IPv4"] };
  const object = { apiVersion: "v1", kind: "Service", metadata: { name: "old" }, spec };
  const made = await lab.api("POST", services, { ...object, spec: { ...spec, ipFamilyPolicy: "SingleStack" } });
  const addresses = async () => (await lab.api("GET", `${services}/old`)).spec.clusterIPs;
  await workbench.command("IPv6: Run IPv6 Diagnosis");
  await choose(workbench, "pod/n1-p2", /from which pod, or to what/);
  const list = page.locator(".quick-input-widget");
  await list.getByText("IPv6 Diagnosis from pod default/n1-p2").waitFor();
  await list.locator("input").first().fill("svc/old");
  await list.locator(".monaco-list-row", { hasText: "old" }).first().click();
  await start(workbench);
  const report = workbench.webview();
  const button = report.locator("button", { hasText: "Show the change" }).first();
  await button.waitFor();
  await page.mouse.move(5, 5);
  await shot("22-proven-and-mendable");
  assert.deepEqual(await violations(workbench, "main[data-report]"), []);
  await button.click();
  const asked = await workbench.notification(/would change Service default\/old/);
  await page.locator(".monaco-diff-editor").first().waitFor();
  await shot("23-diff");
  await asked.hover();
  await asked.locator(".monaco-button", { hasText: "Apply" }).click();
  const question = page.locator(".monaco-dialog-box", { hasText: "would change Service default/old" });
  await question.waitFor();
  await shot("24-question");
  assert.deepEqual(await addresses(), made.spec.clusterIPs, "nothing is changed before the yes");
  await question.locator(".monaco-button", { hasText: "Apply" }).click();
  const verified = await workbench.notification(/Verified: service-single-stack is gone/);
  await shot("25-verified");
  assert.equal((await addresses()).length, 2);
  await verified.hover();
  await verified.locator(".monaco-button", { hasText: "Undo" }).click();
  await workbench.notification(/Undone: Service default\/old is as it was before/);
  assert.deepEqual(await addresses(), made.spec.clusterIPs);
  await lab.api("DELETE", `${services}/old`);
  await workbench.command("Notifications: Clear All Notifications");
  await workbench.command("View: Close All Editors");
}

/** From the row of a pod to what its packets show: what is chosen, what is agreed to, and the page. */
async function packetsInWords(workbench: Workbench, shot: Shot, lab: Lab): Promise<void> {
  const { page } = workbench;
  for (const row of ["Namespaces", "default", "Pods"]) await workbench.expand(row);
  const folder = mkdtempSync(join(tmpdir(), "kube-ipv6-packets-"));
  // The walk in the other theme has been here as well.
  const created = () => lab.writes("kube-ipv6").filter((line) => line.includes("ephemeralcontainers")).length;
  const before = created();
  try {
    await workbench.menuOf("n1-p1");
    await page.locator(".monaco-menu .action-label", { hasText: "Capture Packets" }).hover();
    await page.keyboard.press("Enter");
    const list = page.locator(".quick-input-widget", { hasText: "Capture Packets: pod default/n1-p1" });
    await list.locator(".monaco-list-row", { hasText: "neighbour discovery and router" }).waitFor();
    await shot("26-what-to-capture");
    await page.keyboard.press("Enter");
    await choose(workbench, "120 s", /Capture Packets/);
    await choose(workbench, "ephemeral container", /Capture Packets/);
    const dialog = page.locator(".quick-input-widget", { hasText: "Show Local" });
    await dialog.locator("input").first().fill(join(folder, "n1-p1.pcap"));
    const question = page.locator(".monaco-dialog-box", { hasText: "would capture packets of pod default/n1-p1" });
    // While it looks for the folder that was written it hears no key.
    for (let tries = 0; tries < 10 && !(await question.isVisible()); tries++) {
      if (await dialog.isVisible()) await page.keyboard.press("Enter");
      await question.waitFor({ timeout: 3_000 }).catch(() => undefined);
    }
    await question.waitFor();
    await shot("27-consent-to-capture");
    assert.equal(created(), before, "nothing is created before the yes");
    await question.locator(".monaco-button", { hasText: "Create, and Capture" }).click();
    const running = await workbench.notification(/\d+ packets, \d+ kB/);
    for (const port of ["9", "8080"])
      await lab.exec("n1-p1", ["timeout", "3", "busybox", "nc", "-w", "2", "fd00:10:244:2::11", port]);
    await shot("28-capturing");
    await running.hover();
    await running.locator(".monaco-button", { hasText: "Cancel" }).click();
    const preview = workbench.webview();
    await preview.locator("h1", { hasText: "n1-p1.pcap" }).waitFor();
    await preview.locator("li", { hasText: "to [fd00:10:244:2::11]:9: refused (RST)" }).waitFor();
    await preview.locator("li", { hasText: "to [fd00:10:244:2::11]:8080: opened" }).waitFor();
    await workbench.command("Notifications: Clear All Notifications");
    await page.mouse.move(5, 5);
    await shot("29-packets-in-words");
    await workbench.command("View: Close All Editors");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** No page: a sentence, and a button to do it again. */
async function thatIsCancelled(workbench: Workbench, shot: Shot, lab: Lab): Promise<void> {
  // Longer than anybody waits.
  await lab.control({ delay: 600_000 });
  try {
    await wholeCluster(workbench);
    const running = await workbench.notification(/IPv6 diagnosis in /);
    await shot("18-running");
    await running.hover();
    await running.locator(".monaco-button", { hasText: "Cancel" }).click();
    const toast = await workbench.notification(/was cancelled/);
    await toast.locator(".monaco-button", { hasText: "Retry" }).waitFor();
    await shot("19-cancelled");
    assert.equal(await workbench.page.locator(".tab", { hasText: "IPv6: " }).count(), 0);
    await workbench.command("Notifications: Clear All Notifications");
  } finally {
    await lab.control({ delay: 0 });
  }
}

async function thatIsOutOfReach(workbench: Workbench, shot: Shot, lab: Lab): Promise<void> {
  await lab.control({ cut: true });
  try {
    await wholeCluster(workbench);
    const toast = await workbench.notification(/Cannot list nodes/);
    await toast.locator(".monaco-button", { hasText: "Retry" }).waitFor();
    await shot("20-out-of-reach");
    assert.equal(await workbench.page.locator(".tab", { hasText: "IPv6: " }).count(), 0);
    await workbench.command("Notifications: Clear All Notifications");
  } finally {
    await lab.control({ cut: false });
  }
}

/** A page, for the role is there to be copied; and none of it is a verdict. */
async function thatIsRefused(workbench: Workbench, shot: Shot, lab: Lab): Promise<void> {
  await workbench.command("IPv6: Use Context");
  await choose(workbench, `${lab.name}-reader`, /IPv6: Use Context/);
  await wholeCluster(workbench);
  const report = workbench.webview();
  await report.locator(".banner", { hasText: "is forbidden" }).waitFor();
  await workbench.page.mouse.move(5, 5);
  await workbench.command("Notifications: Clear All Notifications");
  await shot("21-refused");
  assert.deepEqual(await violations(workbench, "main[data-report]"), []);
  assert.equal(await report.locator(".verdict").count(), 0);
  assert.equal(await report.locator("summary", { hasText: /Causes excluded|Causes not decided/ }).count(), 0);
  await report.locator("button", { hasText: "Retry" }).waitFor();
  await report.locator("button.copy[aria-label='Copy the role']").click();
  await workbench.page.waitForFunction(async () =>
    (await navigator.clipboard.readText()).includes('resources: ["pods/exec"]'),
  );
}

async function wholeCluster(workbench: Workbench): Promise<void> {
  await workbench.command("IPv6: Run IPv6 Diagnosis");
  await choose(workbench, "The whole cluster", /from which pod, or to what/);
  await choose(workbench, "Stay inside the cluster", /IPv6 Diagnosis/);
}
