import type { Workbench } from "#test/host/workbench.ts";

/** Takes a row of the list that is open under this title. */
export async function choose({ page }: Workbench, row: string, title: RegExp): Promise<void> {
  const list = page.locator(".quick-input-widget", { hasText: title });
  await list.locator(".monaco-list-row", { hasText: row }).first().click();
}

/** Starts a diagnosis of a target with what is ticked. */
export async function start({ page }: Workbench): Promise<void> {
  const list = page.locator(".quick-input-widget", { hasText: "start, and find out besides" });
  await list.locator(".monaco-button", { hasText: "OK" }).click();
}
