import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TestContext } from "node:test";
import { runCommandLine } from "../../cli/src/run.ts";
import { redirect } from "../../cli/src/terminal.ts";
import { bundled } from "../support/bundled.ts";

export interface Ran {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** What is shipped; its sources take five times as long to start. */
export const main = bundled("cli.cjs");

const noCluster = join(tmpdir(), "kube-ipv6-no-such-kubeconfig");

/** Runs the command line as a person would, in a folder, without a cluster of the machine's own. */
export function cli(args: readonly string[], { cwd, input }: { cwd?: string; input?: string } = {}): Ran {
  const env = { ...process.env, KUBECONFIG: noCluster };
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    cwd,
    input: input ?? "",
    encoding: "utf8",
    env,
    // Nothing takes that long: what hangs is ended, and its code is null.
    timeout: 60_000,
    killSignal: "SIGKILL",
  });
  return { code: status, out: stdout, err: stderr };
}

/** The same in this process, which is faster still; one at a time, since a process has one folder. */
export async function here(args: readonly string[], { cwd = tmpdir() }: { cwd?: string } = {}): Promise<Ran> {
  const before = { cwd: process.cwd(), kubeconfig: process.env.KUBECONFIG };
  const said = { out: "", err: "" };
  const undo = redirect({ out: (text) => (said.out += text), err: (text) => (said.err += text) });
  process.chdir(cwd);
  process.env.KUBECONFIG = noCluster;
  try {
    const code = await runCommandLine(args);
    return { code, ...said };
  } finally {
    process.chdir(before.cwd);
    if (before.kubeconfig === undefined) delete process.env.KUBECONFIG;
    else process.env.KUBECONFIG = before.kubeconfig;
    undo();
  }
}

/** A folder with files, removed when the test ends. */
export function folder(test: TestContext, files: Readonly<Record<string, string>>): string {
  const path = mkdtempSync(join(tmpdir(), "kube-ipv6-cli-"));
  test.after(() => rmSync(path, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  return path;
}
