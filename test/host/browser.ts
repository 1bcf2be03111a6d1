import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type BrowserContext, type Page, chromium as playwright } from "playwright-core";
import { chromium, HostUnavailable } from "./install.ts";

const FLAGS = [
  ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
  ...["--disable-component-update", "--disable-sync"],
];

/** How large a page is; `scale` is the number of pixels of a screenshot for each of the page. */
export interface Screen {
  readonly width: number;
  readonly height: number;
  readonly scale: number;
}

/** A headless Chromium with a fresh profile, which `close` removes. */
export async function startBrowser(
  { width, height, scale }: Screen = { width: 1360, height: 860, scale: 1 },
): Promise<{ context: BrowserContext; close(): Promise<void> }> {
  const executablePath = chromium();
  if (executablePath === undefined) throw new HostUnavailable("There is no Chromium on this machine.");
  const profile = mkdtempSync(path.join(tmpdir(), "vscode-host-chromium-"));
  const context = await playwright.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    viewport: { width, height },
    deviceScaleFactor: scale,
    args: FLAGS,
    permissions: ["clipboard-read", "clipboard-write"],
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  const close = async () => {
    await context.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  return { context, close };
}

/** The address of a file for the workbench, which takes the page's own host and port as its remote authority. */
export function remoteUri(port: number, file: string): string {
  return `vscode-remote://127.0.0.1:${port}${encodeURI(file)}`;
}

/** The address of the workbench page, with a folder or a workspace file open, and `payload` pairs as the web workbench knows them. */
export function workbenchUrl(
  port: number,
  { folder, workspace, payload = [] }: { folder?: string; workspace?: string; payload?: [string, string][] },
): string {
  const url = new URL(`http://127.0.0.1:${port}/`);
  if (workspace !== undefined) url.searchParams.set("workspace", workspace);
  else if (folder !== undefined) url.searchParams.set("folder", folder);
  else url.searchParams.set("ew", "true");
  if (payload.length > 0) url.searchParams.set("payload", JSON.stringify(payload));
  return url.href;
}

/**
 * Makes the workbench load extensions under development, and run tests in its extension host.
 *
 * This writes `developmentOptions` into the page before the workbench reads them, as the server of @vscode/test-web does.
 * The other way, the smoke-test driver, would silence notifications; and a page changed with `page.route` counts as one
 * of an unknown network, whose WebSockets to loopback Chromium refuses.
 */
export async function develop(page: Page, port: number, folders: string[], testEntry?: string): Promise<void> {
  const remote = (file: string) => ({ scheme: "vscode-remote", authority: `127.0.0.1:${port}`, path: file });
  const options = {
    extensions: folders.map(remote),
    ...(testEntry === undefined ? {} : { extensionTestsPath: remote(testEntry) }),
  };
  await page.addInitScript(
    (development) => {
      if (window !== window.top || location.port !== development.port) return;
      const observer = new MutationObserver(() => {
        const meta = document.getElementById("vscode-workbench-web-configuration");
        if (meta === null) return;
        observer.disconnect();
        const configuration = JSON.parse(meta.getAttribute("data-settings") ?? "{}");
        const developmentOptions = { ...configuration.developmentOptions, ...development.options };
        meta.setAttribute("data-settings", JSON.stringify({ ...configuration, developmentOptions }));
      });
      observer.observe(document, { childList: true, subtree: true });
    },
    { port: String(port), options },
  );
}
