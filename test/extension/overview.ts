/** Takes the picture at the top of the README: `node test/extension/overview.ts`, with a build in dist/. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startWorkbench, type Workbench } from "#test/host/workbench.ts";
import { openReport } from "./steps.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const IMAGES = path.join(ROOT, "docs/images");

/** In pixels of the page; the picture has twice as many in each direction. */
const size = { width: 860, editor: 411, report: 308, gap: 12 };
const screen = { width: size.width + 10, height: 640, scale: 2 };

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

async function editorPart(workbench: Workbench): Promise<string> {
  await workbench.openFile("policy.yaml");
  await workbench.command("View: Close Primary Side Bar");
  await workbench.squiggle("warning");
  await workbench.page.locator(".codelens-decoration", { hasText: "IPv6" }).first().waitFor();
  await workbench.hover("0.0.0.0/0", /add ::\/0/);
  return picture(workbench, size.editor);
}

async function reportPart(workbench: Workbench): Promise<string> {
  await workbench.page.mouse.move(5, 5);
  await openReport(workbench);
  await workbench.command("View: Close Primary Side Bar");
  await workbench
    .webview()
    .locator("h2", { hasText: "Root cause" })
    .evaluate((title) => title.scrollIntoView());
  return picture(workbench, size.report);
}

/** The top of the editor as a data URL. */
async function picture({ page }: Workbench, height: number): Promise<string> {
  const box = await page.locator(".part.editor").boundingBox();
  if (box === null) throw new Error("there is no editor");
  const clip = { x: box.x, y: box.y, width: size.width, height };
  return `data:image/png;base64,${(await page.screenshot({ clip, animations: "disabled" })).toString("base64")}`;
}

const folder = mkdtempSync(path.join(tmpdir(), "kube-ipv6-overview-"));
cpSync(path.join(import.meta.dirname, "workspace"), folder, { recursive: true });
const workbench = await startWorkbench({ folder, shots: IMAGES, settings, screen, extensions: [ROOT] });
try {
  const parts = [await editorPart(workbench), await reportPart(workbench)];
  const { page } = workbench;
  await page.goto("about:blank");
  await page.setContent(
    `<body style="margin:0;background:transparent;display:flex;flex-direction:column;gap:${size.gap}px">${parts
      .map((part) => `<img src="${part}" style="width:${size.width}px;border-radius:8px;display:block">`)
      .join("")}</body>`,
  );
  mkdirSync(IMAGES, { recursive: true });
  const file = path.join(IMAGES, "overview.png");
  await page.setViewportSize({ width: size.width, height: size.editor + size.gap + size.report });
  const clip = { x: 0, y: 0, width: size.width, height: size.editor + size.gap + size.report };
  await page.screenshot({ path: file, clip, omitBackground: true });
  console.log(`${file}: ${Math.round(readFileSync(file).length / 1024)} KiB`);
} catch (error) {
  await workbench.page.screenshot({ path: path.join(ROOT, "out/overview-error.png") });
  throw error;
} finally {
  await workbench.close();
  rmSync(folder, { recursive: true, force: true });
}
