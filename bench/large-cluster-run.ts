import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** Runs Node on a program and watches the most memory it ever held, in MB, which Linux counts for each process. */
export function runMeasured(
  argv: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<{ readonly code: number | null; readonly peak: number; readonly output: string }> {
  const child = spawn(process.execPath, argv, { stdio: ["ignore", "pipe", "ignore"], env });
  let [peak, output] = [0, ""];
  child.stdout.on("data", (data) => {
    output += data;
  });
  const look = () => {
    const [, kilobytes] = /VmHWM:\s*(\d+)/.exec(statusOf(child.pid)) ?? [];
    if (kilobytes !== undefined) peak = Math.round(Number(kilobytes) / 1024);
  };
  const timer = setInterval(look, 20);
  return new Promise((done, failed) => {
    child.once("error", failed);
    child.once("close", (code) => {
      clearInterval(timer);
      done({ code, peak, output });
    });
  });
}

function statusOf(pid: number | undefined): string {
  try {
    return readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    // It has ended.
    return "";
  }
}
