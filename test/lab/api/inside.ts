import { type ChildProcess, fork } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { recordProcess } from "../state.ts";

/** A process to run inside a network namespace: a script of the lab, and what it is recorded as. */
export interface Inside {
  directory: string;
  netns: string;
  what: string;
  /** Relative to this folder. */
  script: string;
  argv: string[];
}

/** Starts a script inside a network namespace and resolves once it says, by its first message, that it listens. */
export async function startInside({ directory, netns, what, script, argv }: Inside): Promise<ChildProcess> {
  const nsenter = ["/usr/bin/nsenter", "/bin/nsenter"].find((path) => existsSync(path)) ?? "nsenter";
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), argv, {
    execPath: nsenter,
    execArgv: [`--net=/run/netns/${netns}`, process.execPath],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  recordProcess(directory, what, child.pid ?? 0);
  await new Promise<void>((resolve, reject) => {
    child.once("message", () => resolve());
    child.once("exit", (code) => reject(new Error(`${what} ended with ${code} while starting`)));
  });
  return child;
}
