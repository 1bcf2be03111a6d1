import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { HostUnavailable, installHost, UNAVAILABLE } from "#test/host/install.ts";
import { SERVER_MAIN } from "#test/host/server.ts";
import { startWorkbench, type Workbench } from "#test/host/workbench.ts";
import { steps } from "./steps.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const SHOTS = path.join(import.meta.dirname, "shots");

const themes = { dark: "Default Dark Modern", light: "Default Light Modern" };

/** All steps, or the one that `--only NAME` names. */
async function walk(workbench: Workbench, theme: string): Promise<void> {
  const only = argument("--only");
  for (const [name, step] of Object.entries(steps))
    if (only === undefined || name === only)
      await step(workbench, (shot) => workbench.screenshot(`${theme}-${shot}`), theme);
}

function argument(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

/** The extension as it is in the working tree or, with `--vsix FILE`, installed from its package. */
function extensionOptions(folder: string): { extensions: string[]; extensionsDir?: string } {
  const vsix = argument("--vsix");
  if (vsix === undefined) return { extensions: [ROOT] };
  const extensionsDir = path.join(folder, ".extensions");
  const install = ["--install-extension", path.resolve(vsix), "--extensions-dir", extensionsDir];
  execFileSync(process.execPath, [SERVER_MAIN, ...install, "--server-data-dir", path.join(folder, ".data")], {
    stdio: "pipe",
  });
  return { extensions: [], extensionsDir };
}

async function main(): Promise<void> {
  installHost();
  const wanted = argument("--theme");
  for (const [theme, colorTheme] of Object.entries(themes)) {
    if (wanted !== undefined && theme !== wanted) continue;
    const folder = mkdtempSync(path.join(tmpdir(), "kube-ipv6-e2e-"));
    cpSync(path.join(import.meta.dirname, "workspace"), folder, { recursive: true });
    const start = performance.now();
    const settings = {
      "workbench.colorTheme": colorTheme,
      "kube-ipv6.kubeconfig": "/no/such/kubeconfig",
      // Its notifications would stand in front of what is to be seen.
      "remote.autoForwardPorts": false,
    };
    const workbench = await startWorkbench({ folder, shots: SHOTS, settings, ...extensionOptions(folder) });
    try {
      await walk(workbench, theme);
      console.log(`${theme}: every step in ${((performance.now() - start) / 1000).toFixed(1)} s`);
    } catch (error) {
      await workbench.screenshot(`${theme}-error`);
      throw error;
    } finally {
      await workbench.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

try {
  await main();
} catch (error) {
  if (!(error instanceof HostUnavailable)) throw error;
  console.error(`SKIPPED the run through the user interface: ${error.message}`);
  process.exitCode = UNAVAILABLE;
}
