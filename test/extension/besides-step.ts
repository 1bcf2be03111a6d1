import assert from "node:assert/strict";
import type { Workbench } from "#test/host/workbench.ts";
import type { Lab } from "#test/lab/lab.ts";
import { violations } from "./accessibility.ts";
import { choose, start } from "./choosing.ts";

const web = "/api/v1/namespaces/default/services/web";
const merge = "application/merge-patch+json";

/** From the row of a Service to what it looks like from where its clients stand: ticked, shown address by address, agreed to. */
export async function fromWhereClientsStand(
  workbench: Workbench,
  shot: (name: string) => Promise<void>,
  lab: Lab,
): Promise<void> {
  const { page } = workbench;
  await lab.api("PATCH", web, { spec: { type: "NodePort" } }, merge);
  try {
    for (const row of ["Namespaces", "default", "Services"]) await workbench.expand(row);
    await workbench.menuOf("web");
    await page.locator(".monaco-menu .action-label", { hasText: "Run IPv6 Diagnosis" }).hover();
    await page.keyboard.press("Enter");
    for (const option of ["How large packets may be", "from a node as well", "VS Code is connected to"])
      await choose(workbench, option, /to Service default\/web: start, and find out besides/);
    await page.mouse.move(5, 5);
    await shot("30-besides");
    await start(workbench);
    const question = page.locator(".monaco-dialog-box", { hasText: "May this be sent from this machine?" });
    await question.getByText(/TCP connections, closed at once, to .*172\.18\.1\.1:3\d{4}/).waitFor();
    await shot("31-sent-from-this-machine");
    await question.locator(".monaco-button", { hasText: "Dial" }).click();
    const report = workbench.webview();
    await report.locator("h1", { hasText: "to Service default/web" }).waitFor({ timeout: 120_000 });
    await report.getByText("from this machine").first().waitFor();
    await page.mouse.move(5, 5);
    await shot("32-from-where-clients-stand");
    assert.deepEqual(await violations(workbench, "main[data-report]"), []);
    await workbench.command("View: Close All Editors");
  } finally {
    await lab.api("PATCH", web, { spec: { type: "ClusterIP" } }, merge);
  }
}
