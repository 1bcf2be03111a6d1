import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { HostUnavailable, installHost, UNAVAILABLE } from "#test/host/install.ts";
import { startWorkbench, type Workbench } from "#test/host/workbench.ts";
import type { Lab } from "#test/lab/lab.ts";
import { installVsix } from "./install.ts";
import { testLab } from "./lab.ts";
import { liveSteps } from "./live-steps.ts";
import { steps } from "./steps.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const SHOTS = path.join(import.meta.dirname, "shots");

const themes: Readonly<Record<string, string>> = { dark: "Default Dark Modern", light: "Default Light Modern" };

/** All steps, or the one that `--only NAME` names. */
function wanted<T>(all: Readonly<Record<string, T>>): T[] {
  const only = argument("--only");
  return Object.entries(all).flatMap(([name, step]) => (only === undefined || name === only ? [step] : []));
}

type Walk = (workbench: Workbench, shot: (name: string) => Promise<void>) => Promise<void>;

/** What is seen without a cluster, then what is seen at one, where there can be one. */
async function walks(theme: string, lab: Lab | undefined): Promise<void> {
  const own = wanted(steps);
  if (own.length > 0)
    await walk(theme, "/no/such/kubeconfig", async (workbench, shot) => {
      for (const step of own) await step(workbench, shot, theme);
    });
  const live = wanted(liveSteps);
  if (lab && live.length > 0)
    await walk(theme, lab.kubeconfig, async (workbench, shot) => {
      await workbench.openView("Kubernetes IPv6");
      await workbench.row(/Dual-stack, IPv4 first/);
      for (const step of live) await step(workbench, shot, lab);
    });
}

function argument(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

/** The extension as it is in the working tree or, with `--vsix FILE`, installed from its package. */
function extensionOptions(folder: string): { extensions: string[]; extensionsDir?: string } {
  const vsix = argument("--vsix");
  return vsix === undefined ? { extensions: [ROOT] } : { extensions: [], extensionsDir: installVsix(vsix, folder) };
}

async function walk(theme: string, kubeconfig: string, steps: Walk): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "kube-ipv6-e2e-"));
  cpSync(path.join(import.meta.dirname, "workspace"), folder, { recursive: true });
  const settings = {
    "workbench.colorTheme": themes[theme],
    "kube-ipv6.kubeconfig": kubeconfig,
    // Its notifications would stand in front of what is to be seen.
    "remote.autoForwardPorts": false,
  };
  const workbench = await startWorkbench({ folder, shots: SHOTS, settings, ...extensionOptions(folder) });
  try {
    await steps(workbench, (shot) => workbench.screenshot(`${theme}-${shot}`));
  } catch (error) {
    await workbench.screenshot(`${theme}-error`);
    throw error;
  } finally {
    await workbench.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  installHost();
  const state = mkdtempSync(path.join(tmpdir(), "kube-ipv6-state-"));
  // What is on record on this machine is not to be touched.
  process.env.XDG_STATE_HOME = state;
  const chosen = argument("--theme");
  const lab = await testLab();
  try {
    for (const theme of Object.keys(themes)) {
      if (chosen !== undefined && theme !== chosen) continue;
      const start = performance.now();
      await walks(theme, lab);
      console.log(`${theme}: every step in ${((performance.now() - start) / 1000).toFixed(1)} s`);
    }
  } finally {
    await lab?.stop();
    rmSync(state, { recursive: true, force: true });
  }
}

try {
  await main();
} catch (error) {
  if (!(error instanceof HostUnavailable)) throw error;
  console.error(`SKIPPED the run through the user interface: ${error.message}`);
  process.exitCode = UNAVAILABLE;
}
