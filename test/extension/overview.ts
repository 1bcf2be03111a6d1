/** Takes the pictures of the README: `node test/extension/overview.ts`, with a build in dist/. */
import { cpSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startWorkbench, type Workbench } from "#test/host/workbench.ts";
import { openReport } from "./steps.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const IMAGES = path.join(ROOT, "docs/images");

/** In pixels of the page; a picture has twice as many in each direction. */
const size = { width: 860, editor: 411, plan: 620, report: 790 };
const screen = { width: size.width + 10, height: 920, scale: 2 };

// Only what is to be seen.
const settings = {
  "workbench.colorTheme": "Default Dark Modern",
  "workbench.activityBar.location": "hidden",
  "workbench.layoutControl.enabled": false,
  "workbench.reduceMotion": "on",
  "window.commandCenter": false,
  "breadcrumbs.enabled": false,
  "editor.minimap.enabled": false,
  "editor.hover.above": false,
  "editor.occurrencesHighlight": "off",
  "editor.scrollbar.vertical": "hidden",
  "remote.autoForwardPorts": false,
  "kube-ipv6.kubeconfig": "/no/such/kubeconfig",
};

async function editorPart(workbench: Workbench): Promise<Buffer> {
  await workbench.openFile("policy.yaml");
  await workbench.command("View: Close Primary Side Bar");
  await workbench.squiggle("warning");
  await workbench.page.locator(".codelens-decoration", { hasText: "IPv6" }).first().waitFor();
  await workbench.hover("0.0.0.0/0", /add ::\/0/);
  return picture(workbench, size.editor);
}

async function planPart(workbench: Workbench): Promise<Buffer> {
  await workbench.page.mouse.move(5, 5);
  await workbench.command("IPv6: Show Address Plan");
  await workbench.webview().locator("h2", { hasText: "Overlaps" }).waitFor();
  return picture(workbench, size.plan);
}

async function reportPart(workbench: Workbench): Promise<Buffer> {
  await workbench.page.mouse.move(5, 5);
  await openReport(workbench);
  await workbench.command("View: Close Primary Side Bar");
  return picture(workbench, size.report);
}

/** The top of the editor. */
async function picture({ page }: Workbench, height: number): Promise<Buffer> {
  const box = await page.locator(".part.editor").boundingBox();
  if (box === null) throw new Error("there is no editor");
  const clip = { x: box.x, y: box.y, width: size.width, height };
  return page.screenshot({ clip, animations: "disabled" });
}

const folder = mkdtempSync(path.join(tmpdir(), "kube-ipv6-overview-"));
cpSync(path.join(import.meta.dirname, "workspace"), folder, { recursive: true });
const workbench = await startWorkbench({ folder, shots: IMAGES, settings, screen, extensions: [ROOT] });
try {
  mkdirSync(IMAGES, { recursive: true });
  for (const [name, take] of Object.entries({ editor: editorPart, plan: planPart, report: reportPart })) {
    const file = path.join(IMAGES, `${name}.png`);
    writeFileSync(file, await take(workbench));
    console.log(`${file}: ${Math.round(statSync(file).size / 1024)} KiB`);
  }
} catch (error) {
  await workbench.page.screenshot({ path: path.join(ROOT, "out/overview-error.png") });
  throw error;
} finally {
  await workbench.close();
  rmSync(folder, { recursive: true, force: true });
}
