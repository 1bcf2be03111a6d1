import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Workbench } from "#test/host/workbench.ts";
import type { Lab } from "#test/lab/lab.ts";
import { choose } from "./choosing.ts";

/** From two rows of the tree to how far the packets between them come. */
export async function atBothEnds(workbench: Workbench, shot: (name: string) => Promise<void>, lab: Lab): Promise<void> {
  const { page } = workbench;
  for (const row of ["Namespaces", "default", "Pods"]) await workbench.expand(row);
  const folder = mkdtempSync(join(tmpdir(), "kube-ipv6-pair-"));
  try {
    await (await workbench.row("n1-p1")).click();
    await (await workbench.row("n2-p1")).click({ modifiers: ["ControlOrMeta"] });
    await workbench.menuOf("n2-p1");
    await page.locator(".monaco-menu .action-label", { hasText: "Capture at Both Ends" }).hover();
    await shot("33-both-ends-menu");
    await page.keyboard.press("Enter");
    await choose(workbench, "120 s", /Capture at Both Ends/);
    await choose(workbench, "privileged pod", /Capture at Both Ends/);
    const dialog = page.locator(".quick-input-widget", { hasText: "Show Local" });
    await dialog.locator("input").first().fill(join(folder, "pair.pcap"));
    const question = page.locator(".monaco-dialog-box", { hasText: "of node n1, all interfaces, and of node n2" });
    // While it looks for the folder that was written it hears no key.
    for (let tries = 0; tries < 10 && !(await question.isVisible()); tries++) {
      if (await dialog.isVisible()) await page.keyboard.press("Enter");
      await question.waitFor({ timeout: 3_000 }).catch(() => undefined);
    }
    await question.waitFor();
    await shot("34-consent-to-both");
    await question.locator(".monaco-button", { hasText: "Create, and Capture" }).click();
    const running = await workbench.notification(/\d+ packets at n1, \d+ packets at n2/);
    for (let times = 0; times < 6; times++)
      await lab.exec("n1-p1", ["timeout", "3", "busybox", "ping", "-6", "-c", "3", "-i", "0.3", "fd00:10:244:2::11"]);
    await page.waitForTimeout(3_000);
    await running.hover();
    await running.locator(".monaco-button", { hasText: "Cancel" }).click();
    const preview = workbench.webview();
    await preview.locator("h1", { hasText: "Packets between pod default/n1-p1 and pod default/n2-p1" }).waitFor();
    await preview.locator("li", { hasText: /pings from .*left node n1 by flannel.*arrived at node n2/ }).waitFor();
    await workbench.command("Notifications: Clear All Notifications");
    await page.mouse.move(5, 5);
    await shot("35-how-far-they-come");
    await workbench.command("View: Close All Editors");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
