import { spawn } from "node:child_process";

/** What a finished command left behind. A signal counts as 128 and more, as a shell reports it. */
export interface Finished {
  code: number;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  input?: string;
  /** Milliseconds after which the command is killed; 20 s unless told. */
  timeout?: number;
  env?: NodeJS.ProcessEnv;
}

/** Runs an argv (never a shell string) to its end. Only a program that cannot be started rejects. */
export function run(argv: readonly string[], options: RunOptions = {}): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const [program = "", ...args] = argv;
    const child = spawn(program, args, { timeout: options.timeout ?? 20_000, killSignal: "SIGKILL", env: options.env });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text) => (stderr += text));
    child.on("error", reject);
    child.on("close", (code) => resolve({ code: code ?? 137, stdout, stderr }));
    // A command that ends before it has read its input is no error of ours.
    child.stdin.on("error", () => {});
    child.stdin.end(options.input ?? "");
  });
}

/** Runs an argv and throws, with what it said, unless it exits 0. */
export async function must(argv: readonly string[], options: RunOptions = {}): Promise<string> {
  const done = await run(argv, options);
  if (done.code !== 0)
    throw new Error(
      `${argv.join(" ")} exited ${done.code}: ${done.stderr.trim()}\n${(options.input ?? "").slice(0, 4000)}`,
    );
  return done.stdout;
}

/** Feeds lines to one `ip -batch` inside a namespace ("" is the caller's own): one process instead of hundreds. */
export async function ipBatch(netns: string, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return;
  const inside = netns === "" ? [] : ["-n", netns];
  await must(["ip", ...inside, "-batch", "-"], { input: `${lines.join("\n")}\n` });
}

/** The argv that runs another argv in a namespace, with its own /sys and the files of /etc/netns/NAME over /etc. */
export function inNetns(netns: string, argv: readonly string[]): string[] {
  return ["ip", "netns", "exec", netns, ...argv];
}
