import { mkdirSync } from "node:fs";
import path from "node:path";
import type { FrameLocator, Locator, Page } from "playwright-core";
import { develop, type Screen, startBrowser, workbenchUrl } from "./browser.ts";
import { SETTINGS, type ServerOptions, startServer } from "./server.ts";
import { startWebServer, type WebServer, type WebServerOptions } from "./web-server.ts";

export interface WorkbenchOptions extends ServerOptions {
  /** The folder to open. */
  folder: string;
  /** Folders of extensions under development. */
  extensions: string[];
  /** Where `screenshot` writes. */
  shots: string;
  screen?: Screen;
}

/** One workbench in a browser, and the steps a person takes in it. Every step waits for what it needs, and fails loudly. */
export interface Workbench {
  readonly page: Page;
  openFile(name: string): Promise<void>;
  /** Waits until something is underlined; `error`, `warning` and `info` are the colours. */
  squiggle(severity: "error" | "warning" | "info"): Promise<Locator>;
  /** Rests the mouse on a word of the editor and waits for a hover that has `expected`. */
  hover(word: string, expected: string | RegExp): Promise<Locator>;
  /** Puts the cursor into a word and opens the quick-fix menu, which must offer `title`. */
  quickFixMenu(word: string, title: string | RegExp): Promise<Locator>;
  openView(title: string): Promise<void>;
  /** The row of the open view with that label, or with anything that matches the expression. */
  row(text: string | RegExp): Promise<Locator>;
  /** Opens the first row of that label that can be opened. */
  expand(text: string): Promise<void>;
  /** Opens the menu of the row with that label, or with anything that matches the expression. */
  menuOf(text: string | RegExp): Promise<void>;
  command(title: string): Promise<void>;
  /** The document inside the webview editor that is in front. */
  webview(): FrameLocator;
  notification(text: string | RegExp): Promise<Locator>;
  screenshot(name: string): Promise<void>;
  close(): Promise<void>;
}

/** Starts VS Code's server and a browser, and opens a folder with the extensions loaded. */
export async function startWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const server = await startServer(options);
  const browser = await startBrowser(options.screen);
  const close = async () => {
    await browser.close();
    await server.stop();
  };
  try {
    const page = browser.context.pages()[0] ?? (await browser.context.newPage());
    await develop(page, server.port, options.extensions);
    await show(page, workbenchUrl(server.port, { folder: options.folder }));
    return { page, close, ...steps(page, options) };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The same in a VS Code that is nothing but a page: what runs, runs in the browser. */
export async function startWebWorkbench(
  options: WebServerOptions & Pick<WorkbenchOptions, "shots" | "screen">,
): Promise<Workbench & { readonly server: WebServer; readonly printed: readonly string[] }> {
  const server = await startWebServer({ ...options, settings: { ...SETTINGS, ...options.settings } });
  const browser = await startBrowser(options.screen);
  const close = async () => {
    await browser.close();
    await server.stop();
  };
  const printed: string[] = [];
  try {
    const page = browser.context.pages()[0] ?? (await browser.context.newPage());
    page.on("console", (message) => printed.push(message.text()));
    await show(page, server.address);
    const walk = steps(page, options);
    // Nobody looks through the files of a repository here, as the palette does on a disk.
    const openFile = async (name: string) => {
      await (await walk.row(name)).click();
      await page.locator(".tab.active", { hasText: name }).first().waitFor();
    };
    return { page, server, printed, close, ...walk, openFile };
  } catch (error) {
    await close();
    throw error;
  }
}

async function show(page: Page, address: string): Promise<void> {
  page.setDefaultTimeout(30_000);
  await page.goto(address);
  await page.locator(".monaco-workbench").waitFor();
  await page.locator(".statusbar").waitFor();
}

function steps(
  page: Page,
  { folder, shots }: Pick<WorkbenchOptions, "folder" | "shots">,
): Omit<Workbench, "page" | "close"> {
  const row = async (text: string | RegExp) => {
    const found = rowOf(page, text);
    await found.waitFor();
    return found;
  };
  return {
    ...editing(page),
    row,
    openFile: (name) => openFile(page, path.join(folder, name)),
    command: (title) => command(page, title),
    openView: (title) => page.locator(`.activitybar .action-item a[aria-label^="${title}"]`).click(),
    expand: async (text) => {
      const closed = rowOf(page, text, '[aria-expanded="false"]');
      const opened = rowOf(page, text, '[aria-expanded="true"]');
      await closed.or(opened).first().waitFor();
      const hasKeys = rowOf(page, text, ".focused").and(page.locator(".monaco-list:focus .monaco-list-row"));
      // Rows that are still being drawn above it may move a row away under the mouse.
      await eventually(opened, async () => {
        if (await opened.isVisible()) return;
        // Where a click comes late, a second one would close what the first has opened.
        if (await hasKeys.isVisible()) await page.keyboard.press("ArrowRight");
        else await closed.locator(".monaco-tl-twistie").click();
      });
    },
    menuOf: async (text) => {
      await row(text);
      const menu = page.locator(".monaco-menu").first();
      // What has the menu has the focus as well; rows that are still being drawn above it may have put another one under the mouse.
      await eventually(rowOf(page, text, ".focused"), async () => {
        if (await menu.isVisible()) await page.keyboard.press("Escape");
        await rowOf(page, text).click({ button: "right" });
        await menu.waitFor();
      });
    },
    webview: () => page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame"),
    notification: async (text) => {
      const toast = page.locator(".notification-toast", { hasText: text }).first();
      await toast.waitFor();
      return toast;
    },
    screenshot: async (name) => {
      mkdirSync(shots, { recursive: true });
      // What is still fading in would be pale in the picture.
      await page.screenshot({ path: path.join(shots, `${name}.png`), animations: "disabled" });
    },
  };
}

function editing(page: Page): Pick<Workbench, "squiggle" | "hover" | "quickFixMenu"> {
  return {
    squiggle: async (severity) => {
      const squiggle = page.locator(`.squiggly-${severity}`).first();
      await squiggle.waitFor();
      return squiggle;
    },
    hover: async (text, expected) => {
      const hover = page.locator(".monaco-hover", { hasText: expected }).first();
      // A mouse that already rests there moves nothing, and a first hover may come before the server's answer.
      await eventually(hover, async () => {
        await page.mouse.move(5, 5);
        const { x, y } = await middleOf(page, text);
        await page.mouse.move(x, y);
      });
      return hover;
    },
    quickFixMenu: async (text, title) => {
      const { x, y } = await middleOf(page, text);
      await page.mouse.click(x, y);
      // A Ctrl+. that comes before the code actions of this place are known opens nothing.
      await page.locator('[class*="codicon-gutter-lightbulb"]:visible, .lightBulbWidget:visible').first().waitFor();
      const menu = page.locator(".action-widget", { hasText: title });
      await eventually(menu, () => page.keyboard.press("Control+."));
      return menu;
    },
  };
}

/** The first row with a label, or with anything that matches an expression. */
function rowOf(page: Page, text: string | RegExp, which = ""): Locator {
  const rows = page.locator(`.sidebar .monaco-list-row${which}`);
  const filter = typeof text === "string" ? { has: page.getByText(text, { exact: true }) } : { hasText: text };
  return rows.filter(filter).first();
}

/** Where a word stands in the editor, in the page's pixels; the word may be made of several differently coloured parts. */
async function middleOf(page: Page, word: string): Promise<{ x: number; y: number }> {
  const line = page.locator(".editor-instance .view-line", { hasText: word }).first();
  await line.waitFor();
  return line.evaluate((element, wanted) => {
    let before = (element.textContent ?? "").indexOf(wanted) + Math.floor(wanted.length / 2);
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let node = walker.nextNode();
    while (node !== null && before >= (node.textContent ?? "").length) {
      before -= (node.textContent ?? "").length;
      node = walker.nextNode();
    }
    const range = document.createRange();
    range.setStart(node ?? element, node === null ? 0 : before);
    const { x, y, height } = range.getBoundingClientRect();
    return { x: x + 2, y: y + height / 2 };
  }, word);
}

/** The palette is also how a file is opened: the explorer may be hidden. */
async function openFile(page: Page, file: string): Promise<void> {
  await quickInput(page, "Control+p", path.basename(file), path.basename(file));
  await page.keyboard.press("Enter");
  await page
    .locator(".tab.active", { hasText: path.basename(file) })
    .first()
    .waitFor();
  await page.locator(".view-lines").first().waitFor();
}

async function command(page: Page, title: string): Promise<void> {
  await quickInput(page, "F1", `>${title}`, title);
  await page.keyboard.press("Enter");
}

/** Types into the quick input until it offers `wanted` first; what else takes the focus meanwhile closes it again. */
async function quickInput(page: Page, key: string, text: string, wanted: string): Promise<void> {
  const input = page.locator(".quick-input-widget input").first();
  const chosen = page.locator(".quick-input-list .monaco-list-row.focused", { hasText: wanted }).first();
  await eventually(chosen, async () => {
    // What it offers is put together as it opens: an extension that came later is not in it.
    if (await input.isVisible()) await page.keyboard.press("Escape");
    await page.keyboard.press(key);
    await input.fill(text, { timeout: 3000 }).catch(() => page.keyboard.press("Escape"));
  });
}

/** Does something and waits for what it should bring, again and again, since the workbench loses input while it is busy. */
async function eventually(expected: Locator, act: () => Promise<void>): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt++) {
    await act();
    const came = await expected.waitFor({ timeout: 3000 }).then(
      () => true,
      () => false,
    );
    if (came) return;
  }
  await expected.waitFor({ timeout: 1 });
}
