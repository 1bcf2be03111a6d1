/** Every page in a file of its own, as people meet it who do not see it, use no mouse, or want nothing to move. */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { diagnoseDemo } from "#core/diagnosis/demo.ts";
import { diagnosisToHtml } from "#core/report/page/page.ts";
import { startBrowser } from "#test/host/browser.ts";
import { HostUnavailable, installHost, UNAVAILABLE } from "#test/host/install.ts";
import { pages, parts } from "../report/pages.ts";
import { violationsIn } from "./accessibility.ts";

/** A window of 1280 pixels at 200 % and at 400 %: https://www.w3.org/WAI/WCAG22/Understanding/reflow.html */
const zoomed = [640, 320];
const looks = [{ colorScheme: "light" }, { colorScheme: "dark" }, { forcedColors: "active" }] as const;

async function main(): Promise<void> {
  installHost();
  const folder = mkdtempSync(path.join(tmpdir(), "kube-ipv6-pages-"));
  const demo = readFileSync(path.join(import.meta.dirname, "../../demo/cluster.json"), "utf8");
  const report = diagnosisToHtml(await diagnoseDemo(JSON.parse(demo)), parts);
  const browser = await startBrowser();
  try {
    const page = await browser.context.newPage();
    for (const [name, text] of Object.entries({ report, ...pages })) {
      const file = path.join(folder, `${name}.html`);
      writeFileSync(file, text);
      for (const look of looks) {
        await page.emulateMedia({ ...look, reducedMotion: "reduce" });
        await page.goto(pathToFileURL(file).href);
        await unfold(page);
        assert.deepEqual(await violationsIn(page.mainFrame()), [], `${name}, ${JSON.stringify(look)}`);
      }
      for (const width of zoomed) assert.equal(await sideways(page, width), 0, `${name} is ${width} wide`);
      const names = await tabbedThrough(page);
      assert.equal(await moving(page), 0, `${name}: nothing moves`);
      console.log(
        `${name}: no violation in ${looks.length} looks; ${names} places by the Tab key, each seen and named`,
      );
    }
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** By how many pixels the whole page has to be moved sideways to be read; what is wide has a box of its own. */
async function sideways(page: Page, width: number): Promise<number> {
  const size = page.viewportSize();
  await page.setViewportSize({ width, height: 480 });
  const over = await page.evaluate(() => (document.scrollingElement?.scrollWidth ?? 0) - window.innerWidth);
  if (size) await page.setViewportSize(size);
  return over;
}

async function unfold(page: Page): Promise<void> {
  await page.locator("details").evaluateAll((all) => {
    for (const each of all) each.setAttribute("open", "");
  });
}

/** Presses Tab until nothing new comes: what a mouse can press is reached, has a name, and shows that it has the focus. */
async function tabbedThrough(page: Page): Promise<number> {
  const wanted = await page.locator("a[href]:visible, button:visible, input:visible, summary:visible").count();
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  const reached = new Set<number>();
  for (let press = 0; press < wanted + 20; press++) {
    await page.keyboard.press("Tab");
    const at = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return undefined;
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      const label = element.closest("label")?.textContent ?? "";
      const name = element.getAttribute("aria-label") ?? `${element.textContent}${label}`;
      const pressed = element.matches("a[href], button, input, summary");
      const index = [...document.querySelectorAll("*")].indexOf(element);
      return { index, pressed, name: name.trim(), seen: outlineStyle !== "none" && outlineWidth !== "0px" };
    });
    if (at === undefined) continue;
    assert.ok(at.seen, `the focus on ${at.name} is seen`);
    assert.notEqual(at.name, "");
    if (at.pressed) reached.add(at.index);
  }
  assert.equal(reached.size, wanted, "all that can be pressed is reached");
  return wanted;
}

function moving(page: Page): Promise<number> {
  return page.locator("*").evaluateAll(
    (all) =>
      all.filter((element) => {
        const { animationName, transitionDuration } = getComputedStyle(element);
        return animationName !== "none" || transitionDuration.split(", ").some((time) => Number.parseFloat(time) > 0);
      }).length,
  );
}

try {
  await main();
} catch (error) {
  if (!(error instanceof HostUnavailable)) throw error;
  console.error(`SKIPPED the pages in a browser: ${error.message}`);
  process.exitCode = UNAVAILABLE;
}
