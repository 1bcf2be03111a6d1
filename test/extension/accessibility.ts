import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Frame } from "playwright-core";
import type { Workbench } from "#test/host/workbench.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe-core finds wrong with a page of ours, each rule with the first elements; the page is known by what is in it. */
export async function violations(workbench: Workbench, known: string): Promise<readonly string[]> {
  return violationsIn(await frameWith(workbench, known));
}

/** The same of a page in a browser. */
export async function violationsIn(frame: Frame): Promise<readonly string[]> {
  await frame.evaluate(axe);
  return frame.evaluate(async () => {
    const { run } = (globalThis as unknown as { axe: { run(): Promise<Result> } }).axe;
    const { violations: found } = await run();
    return found.map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 150))}`);
  });
}

interface Result {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly html: string }[] }[];
}

async function frameWith({ page, webview }: Workbench, known: string): Promise<Frame> {
  await webview().locator(known).first().waitFor();
  for (const frame of page.frames()) if ((await frame.locator(known).count()) > 0) return frame;
  throw new Error(`no page has ${known}`);
}

/** Changes the colours of the whole window, as a person does. */
export async function useTheme({ page }: Workbench, name: string, bodyClass: string): Promise<void> {
  const list = page.locator(".quick-input-widget");
  await page.keyboard.press("F1");
  await list.locator("input").first().fill(">Preferences: Color Theme");
  await list
    .locator(".monaco-list-row", { hasText: /^Preferences: Color Theme/ })
    .first()
    .click();
  await list.getByPlaceholder(/Select Color Theme/).fill(name);
  await list.locator(".monaco-list-row.focused", { hasText: name }).first().waitFor();
  await page.keyboard.press("Enter");
  await page.locator(`.monaco-workbench.${bodyClass}`).waitFor();
}
