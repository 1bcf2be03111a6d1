import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LabOptions } from "./options.ts";

/** A process that outlives the command which started it: its pid, and the start time that tells it from a later one. */
export interface Recorded {
  what: string;
  pid: number;
  started: string;
}

/** Keeps a lab's options where `down` and other processes find them. */
export function saveOptions(directory: string, options: LabOptions): void {
  mkdirSync(join(directory, "processes"), { recursive: true, mode: 0o700 });
  writeFileSync(join(directory, "options.json"), JSON.stringify(options), { mode: 0o600 });
}

/** The options of a lab that is up, or undefined where there is none of this name. */
export function loadOptions(directory: string): LabOptions | undefined {
  try {
    return JSON.parse(readFileSync(join(directory, "options.json"), "utf8"));
  } catch {
    return undefined;
  }
}

/** Remembers a process, so that it can be ended later by whoever takes the lab down. */
export function recordProcess(directory: string, what: string, pid: number): void {
  const entry: Recorded = { what, pid, started: startTime(pid) ?? "" };
  writeFileSync(join(directory, "processes", `${what}.json`), JSON.stringify(entry));
}

/** Leaves a process to whoever takes it off the record. */
export function forgetProcess(directory: string, what: string): void {
  rmSync(join(directory, "processes", `${what}.json`), { force: true });
}

/** Every process recorded for a lab; empty where there is no lab. */
export function recordedProcesses(directory: string): Recorded[] {
  try {
    const names = readdirSync(join(directory, "processes"));
    return names.map((name) => JSON.parse(readFileSync(join(directory, "processes", name), "utf8")));
  } catch {
    return [];
  }
}

/** Whether a recorded process is still the one that was recorded. */
export function isAlive(process: Recorded): boolean {
  return process.started !== "" && startTime(process.pid) === process.started;
}

/** Ends a recorded process at once; one that is gone, or whose pid another has now, is left alone. */
export function end(recorded: Recorded): void {
  if (!isAlive(recorded)) return;
  try {
    process.kill(recorded.pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Removes a lab's files. */
export function removeState(directory: string): void {
  rmSync(directory, { recursive: true, force: true });
}

/** Field 22 of /proc/PID/stat, clock ticks after boot; undefined for no process and for one that only waits to be reaped. */
export function startTime(pid: number): string | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return fields[0] === "Z" ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
