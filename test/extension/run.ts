import { existsSync } from "node:fs";
import path from "node:path";
import { runTests } from "@vscode/test-electron";
import { build } from "esbuild";
import { HostUnavailable, installHost, UNAVAILABLE } from "#test/host/install.ts";
import type { Lab } from "#test/lab/lab.ts";
import { testLab } from "./lab.ts";

const ROOT = path.resolve(import.meta.dirname, "../..");
const OUT = path.join(ROOT, "out/extension-tests");

/**
 * Runs the mocha suites of `suite/` with the real VS Code API, in the first of: the VS Code that VSCODE_EXECUTABLE names,
 * a downloaded desktop VS Code if VSCODE_VERSION is set (`stable`, `1.101.0` ...), VS Code's server with its web workbench.
 * `-- --grep TEXT` runs the tests whose title has the text.
 */
async function main(): Promise<number> {
  if (!existsSync(path.join(ROOT, "dist/extension.cjs"))) {
    console.error("dist/extension.cjs is not there: run `npm run build` first.");
    return 1;
  }
  const version = process.env.VSCODE_VERSION;
  const executable = process.env.VSCODE_EXECUTABLE ?? (version === undefined ? standIn() : undefined);
  await bundleTests();
  const lab = await testLab();
  try {
    return await runTests({
      ...(executable === undefined ? { version: version ?? "stable" } : { vscodeExecutablePath: executable }),
      extensionDevelopmentPath: ROOT,
      extensionTestsPath: path.join(OUT, "index.cjs"),
      launchArgs: [path.join(import.meta.dirname, "workspace"), "--disable-workspace-trust"],
      extensionTestsEnv: { KUBE_IPV6_ROOT: ROOT, ...labEnvironment(lab), ...grep() },
    });
  } finally {
    await lab?.stop();
  }
}

function grep(): Record<string, string> {
  const at = process.argv.indexOf("--grep");
  return at < 0 ? {} : { MOCHA_GREP: process.argv[at + 1] ?? "" };
}

function labEnvironment(lab: Lab | undefined): Record<string, string> {
  return lab === undefined ? {} : { KUBE_IPV6_LAB: lab.name, KUBE_IPV6_LAB_KUBECONFIG: lab.kubeconfig };
}

function standIn(): string {
  installHost();
  return path.join(ROOT, "test/host/code");
}

/** The extension host of the oldest supported VS Code strips no types, so the suites are compiled, and bundled with mocha. */
async function bundleTests(): Promise<void> {
  await build({
    entryPoints: [path.join(import.meta.dirname, "suite/index.ts")],
    outfile: path.join(OUT, "index.cjs"),
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node22",
    sourcemap: "inline",
    external: ["vscode", "mocha"],
    logLevel: "warning",
  });
}

try {
  process.exitCode = await main();
} catch (error) {
  process.exitCode = error instanceof HostUnavailable ? UNAVAILABLE : 1;
  const skipped = error instanceof HostUnavailable ? "SKIPPED the tests in a real VS Code: " : "";
  console.error(`${skipped}${error instanceof Error ? error.message : error}`);
}
