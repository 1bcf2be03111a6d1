import { readFileSync } from "node:fs";

/** Whose something on record is; when it began where the system tells, since pids come back. */
export interface Owner {
  readonly pid: number;
  readonly started?: string;
}

/** This process. */
export function thisProcess(): Owner {
  return { pid: process.pid, ...started(process.pid) };
}

/** Whether the process that wrote a record is still at work. */
export function isAtWork({ pid, started: then }: Owner): boolean {
  if (pid === process.pid) return then === started(pid).started;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  return then === undefined || started(pid).started === undefined || started(pid).started === then;
}

/** Field 22 of /proc/PID/stat: clock ticks after boot. A process that only waits to be reaped is at work no more. */
function started(pid: number): { readonly started?: string } {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    const ticks = fields[0] === "Z" ? "dead" : fields[19];
    return ticks === undefined ? {} : { started: ticks };
  } catch {
    return {};
  }
}
