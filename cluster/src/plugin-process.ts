import { type ChildProcess, spawn } from "node:child_process";

/** A program to be run once, without a terminal and without a shell. */
export interface PluginProgram {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
}

export type PluginEnd =
  | { readonly kind: "printed"; readonly stdout: string }
  | { readonly kind: "failed"; readonly code: number | string; readonly stderr: string }
  | { readonly kind: "absent"; readonly code: string }
  | { readonly kind: "late" }
  | { readonly kind: "stopped" }
  | { readonly kind: "too much" };

/** An ExecCredential with a certificate is a few kilobytes. */
const maximumOutput = 1024 * 1024;

/** Milliseconds that a child of a plugin may go on writing when the plugin itself has ended well. */
const grace = 500;

/**
 * Runs a program until it ends, its time is up or `stop` is aborted. It leads a process group of its own, and whatever of
 * that still runs is ended with it unless it ended well: most plugins are wrappers, and what they started would go on for ever.
 */
export function runProgram(program: PluginProgram, limit: number, stop: AbortSignal): Promise<PluginEnd> {
  return new Promise((resolve) => {
    const env = { ...program.env };
    const detached = process.platform !== "win32";
    const child = spawn(program.command, program.args, {
      env,
      detached,
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    const output = { stdout: "", stderr: "" };
    const timers: NodeJS.Timeout[] = [];
    const leave = () => endGroup(child, "SIGKILL");
    const done = (end: PluginEnd) => {
      for (const timer of timers) clearTimeout(timer);
      stop.removeEventListener("abort", stopped);
      process.off("exit", leave);
      if (end.kind !== "printed") endTree(child);
      for (const stream of [child.stdout, child.stderr]) stream.destroy();
      resolve(end);
    };
    const stopped = () => done({ kind: "stopped" });
    const ended = (code: number | null, signal: string | null) =>
      code === 0
        ? done({ kind: "printed", stdout: output.stdout })
        : done({ kind: "failed", code: code ?? signal ?? "unknown", stderr: output.stderr });
    timers.push(setTimeout(() => done({ kind: "late" }), limit));
    stop.addEventListener("abort", stopped);
    process.once("exit", leave);
    for (const name of ["stdout", "stderr"] as const) {
      child[name].setEncoding("utf8").on("data", (text: string) => {
        output[name] += text;
        if (output[name].length > maximumOutput) done({ kind: "too much" });
      });
    }
    child.on("error", (error: NodeJS.ErrnoException) => done({ kind: "absent", code: error.code ?? "unknown error" }));
    child.on("close", ended);
    // A child of the plugin may hold the pipes for as long as it likes.
    child.on("exit", (code, signal) => timers.push(setTimeout(() => ended(code, signal), grace)));
    if (stop.aborted) stopped();
  });
}

/** Asks every process of the group to end, and makes those end that have not a second later. */
function endTree(child: ChildProcess): void {
  if (!endGroup(child, "SIGTERM")) return;
  const late = setTimeout(() => {
    process.off("exit", atExit);
    endGroup(child, "SIGKILL");
  }, 1000);
  const atExit = () => endGroup(child, "SIGKILL");
  process.once("exit", atExit);
  // Whoever is done meanwhile need not wait: then it is the end of this process that ends them.
  late.unref();
}

/** False where nothing of it runs any more. */
function endGroup({ pid }: ChildProcess, signal: NodeJS.Signals): boolean {
  if (pid === undefined) return false;
  try {
    if (process.platform === "win32") spawn("taskkill", ["/pid", String(pid), "/T", "/F"], { stdio: "ignore" });
    else process.kill(-pid, signal);
    return true;
  } catch {
    // ESRCH: all of them have ended.
    return false;
  }
}
