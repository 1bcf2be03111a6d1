import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import type { Workbench } from "#test/host/workbench.ts";
import { useTheme, violations } from "./accessibility.ts";

type Shot = (name: string) => Promise<void>;
/** `theme` is "dark" or "light". */
type Step = (workbench: Workbench, shot: Shot, theme: string) => Promise<void>;

/** What a person does with the extension, through the UI alone, with a screenshot of each thing there is to see. */
export const steps: Readonly<Record<string, Step>> = {
  editor: inTheEditor,
  policy: aPolicy,
  plan: theAddressPlan,
  fixAll: fixAllFromTheList,
  tree: inTheTree,
  report: theReport,
  everybody: forEverybody,
  history: theHistory,
  reload: afterAReload,
};

async function inTheEditor(workbench: Workbench, shot: Shot): Promise<void> {
  const { page } = workbench;
  await workbench.openFile("policy.yaml");
  await workbench.squiggle("warning");
  await workbench.hover("0.0.0.0/0", /add ::\/0/);
  await shot("1-squiggle-and-hover");
  await page.mouse.move(5, 5);
  await workbench.quickFixMenu("0.0.0.0/0", "Allow ::/0 as well");
  await shot("2-quick-fix-menu");
  await page.locator(".action-widget .monaco-list-row", { hasText: "Allow ::/0 as well" }).first().click();
  await page.locator(".view-line", { hasText: "cidr: ::/0" }).waitFor();
  await shot("3-fixed");
  await page.keyboard.press("Control+z");
}

async function aPolicy(workbench: Workbench, shot: Shot): Promise<void> {
  await workbench.openFile("policy.yaml");
  await workbench.page.locator(".codelens-decoration", { hasText: "IPv6" }).first().waitFor();
  await workbench.hover("NetworkPolicy", /IPv6/);
  await shot("8-policy-hover-and-lens");
  await workbench.page.mouse.move(5, 5);
}

async function theAddressPlan(workbench: Workbench, shot: Shot): Promise<void> {
  await workbench.command("IPv6: Show Address Plan");
  const plan = workbench.webview();
  await plan.locator("h2", { hasText: "Overlaps" }).waitFor();
  await shot("9-address-plan");
  assert.deepEqual(await violations(workbench, ".row .axis"), []);
  await plan.locator(".row", { hasText: "fd00:10:244:ff::/112" }).locator(".axis").hover();
  await plan.locator(".tip:visible", { hasText: "load-balancers.yaml:9" }).waitFor();
  await shot("10-address-plan-hover");
  await workbench.command("IPv6: Show Address Plan");
  await plan.locator("h2", { hasText: "Overlaps" }).waitFor();
  assert.equal(
    await workbench.page.locator(".tab", { hasText: "IPv6: Address Plan" }).count(),
    1,
    "the tab that is there",
  );
  await plan.locator("button", { hasText: "Copy as Markdown" }).click();
  await workbench.page.waitForFunction(async () => (await navigator.clipboard.readText()).startsWith("# Address plan"));
  await plan.locator(".row .link", { hasText: "IPAddressPool lab" }).click();
  await workbench.page.locator(".tab.active", { hasText: "load-balancers.yaml" }).waitFor();
  await workbench.page.locator(".statusbar", { hasText: "Ln 18, Col 7" }).waitFor();
}

async function fixAllFromTheList(workbench: Workbench, shot: Shot): Promise<void> {
  const { page } = workbench;
  await workbench.openFile("policy.yaml");
  await workbench.squiggle("warning");
  await workbench.command("IPv6: Fix All IPv6 Findings in File");
  const list = page.locator(".quick-input-widget");
  const row = (text: string) =>
    list.locator(".monaco-list-row", { hasText: text }).locator("input[type=checkbox], .monaco-checkbox").first();
  await list
    .locator(".monaco-list-row", { hasText: "needs your decision" })
    .or(list.getByText("Needs your decision"))
    .first()
    .waitFor();
  await shot("11-fix-all-list");
  await row("Write 2001:db8::80").waitFor();
  assert.equal(await isTicked(row("Write 2001:db8::80")), true, "spelling is ticked");
  assert.equal(await isTicked(row("Allow ::/0 as well")), false, "what opens a policy is not");
  await list.locator(".monaco-button", { hasText: "OK" }).click();
  await page.locator(".view-line", { hasText: "2001:db8::80" }).first().waitFor();
  const toast = await workbench.notification(/1 fixed, 1 left for you/);
  assert.equal(await page.locator(".view-line", { hasText: "cidr: ::/0" }).count(), 0);
  await shot("12-fixed-and-left");
  await toast.locator(".monaco-button", { hasText: "Undo" }).click();
  await page.locator(".view-line", { hasText: "2001:DB8:0:0::0080" }).first().waitFor();
}

/** A box says so itself, or as what it is for people who do not see it. */
async function isTicked(box: Locator): Promise<boolean> {
  return (
    (await box.evaluate((element) => "checked" in element && element.checked === true)) ||
    (await box.getAttribute("aria-checked")) === "true"
  );
}

async function inTheTree(workbench: Workbench, shot: Shot): Promise<void> {
  await workbench.command("IPv6: Open Demo Cluster");
  await workbench.row(/Dual-stack, IPv4 first/);
  for (const row of ["Families", "Nodes", "Namespaces", "default", "Services", "NetworkPolicies"])
    await workbench.expand(row);
  const policy = await workbench.row("stops-at-ipv4");
  assert.match((await policy.getAttribute("aria-label")) ?? "", /^stops-at-ipv4, IPv4 and IPv6 differ/);
  const context = await workbench.row("demo");
  assert.match(
    (await context.getAttribute("aria-label")) ?? "",
    /^demo, recorded/,
    "a row is read out, not its tooltip",
  );
  await shot("4-tree");
  await (await workbench.row("stops-at-ipv4")).click();
  await workbench.page.locator(".tab.active", { hasText: "stops-at-ipv4.yaml" }).waitFor();
  await workbench.squiggle("warning");
  await shot("5-object-as-yaml");
}

/**
 * The demo cluster takes the focus to its view when it is drawn, which closes a palette that has just been opened: the
 * command is given again where no report came.
 */
export async function openReport(workbench: Workbench): Promise<void> {
  await workbench.command("IPv6: Open Demo Cluster");
  await workbench.row(/Dual-stack, IPv4 first/);
  const title = workbench.webview().locator("h3", { hasText: "Root cause" });
  for (let attempt = 1; attempt < 4; attempt++) {
    await workbench.command("IPv6: Run IPv6 Diagnosis");
    const shown = await title.waitFor({ timeout: 10_000 }).then(
      () => true,
      () => false,
    );
    if (shown) return;
  }
  await title.waitFor();
}

async function theReport(workbench: Workbench, shot: Shot): Promise<void> {
  const report = workbench.webview();
  await openReport(workbench);
  await workbench.page.mouse.move(700, 5);
  await shot("6-report");
  assert.deepEqual(await violations(workbench, "main[data-report]"), []);
  await report.locator(".fix button", { hasText: "Copy" }).first().click();
  await report.locator("button", { hasText: "Copied" }).first().waitFor();
  await workbench.page.waitForFunction(async () => (await navigator.clipboard.readText()).startsWith("sysctl -w "));
  await report.locator("#differences").check();
  await report.locator("tr.same").first().waitFor({ state: "hidden" });
  await report.locator("button", { hasText: "Check again" }).click();
  await report.locator(".strip", { hasText: "Nothing changed: forwarding-off still proven" }).waitFor();
  assert.equal(await workbench.page.locator(".tab", { hasText: "IPv6: whole cluster" }).count(), 1);
  await shot("7-checked-again");
  await report.locator("summary", { hasText: "Everything that was asked" }).click();
  await report.locator("summary", { hasText: "Everything that was asked" }).scrollIntoViewIfNeeded();
  await shot("7-report-questions");
}

/** The same pages in high contrast: the dark walk looks at the dark one, the light walk at the light one. */
async function forEverybody(workbench: Workbench, shot: Shot, theme: string): Promise<void> {
  if (theme === "light") await useTheme(workbench, "Light High Contrast", "hc-light");
  else await useTheme(workbench, "Dark High Contrast", "hc-black");
  await openReport(workbench);
  const unfold = () =>
    workbench
      .webview()
      .locator("details")
      .evaluateAll((all) => {
        for (const each of all) each.setAttribute("open", "");
      });
  // The report that was there may give its place to the one that was asked for just then.
  await unfold().catch(() => workbench.page.waitForTimeout(2_000).then(unfold));
  await shot("13-high-contrast-report");
  assert.deepEqual(await violations(workbench, "main[data-report]"), []);
  await workbench.command("IPv6: Show Address Plan");
  assert.deepEqual(await violations(workbench, ".row .axis"), []);
  await shot("14-high-contrast-plan");
}

/** A diagnosis is in the list, and a click shows it. */
async function theHistory(workbench: Workbench, shot: Shot): Promise<void> {
  await openReport(workbench);
  await workbench.command("Kubernetes IPv6: Focus on Diagnoses View");
  const row = await workbench.row("whole cluster");
  await row.click();
  await workbench.page.locator(".tab.active", { hasText: "IPv6: whole cluster" }).waitFor();
  await shot("15-diagnoses");
}

/** Tabs, what is opened in them, and the list of diagnoses are there again when the window was loaded anew. */
async function afterAReload(workbench: Workbench, shot: Shot): Promise<void> {
  const { page } = workbench;
  const shown = workbench.webview();
  await workbench.openFile("policy.yaml");
  await workbench.squiggle("warning");
  await workbench.command("IPv6: Show Address Plan");
  await shown.locator("h2", { hasText: "Overlaps" }).waitFor();
  await openReport(workbench);
  // An earlier tab of the same diagnosis may have had it open.
  await shown
    .locator("details", { hasText: "Causes excluded" })
    .last()
    .evaluate((fold) => fold.setAttribute("open", ""));
  await shown.locator("details[open] > summary", { hasText: "Causes excluded" }).waitFor();
  const loaded = page.waitForEvent("load");
  await workbench.command("Developer: Reload Window");
  await loaded;
  await shown.locator("details[open] > summary", { hasText: "Causes excluded" }).waitFor({ timeout: 60_000 });
  await workbench.command("Kubernetes IPv6: Focus on Diagnoses View");
  await workbench.row("whole cluster");
  await page.locator(".tab", { hasText: "IPv6: Address Plan" }).click();
  await shown.locator("h2", { hasText: "Overlaps" }).waitFor({ timeout: 60_000 });
  await shot("26-after-a-reload");
}
