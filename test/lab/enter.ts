import { lstatSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { containerEnvironment, containerPid } from "./containers.ts";

/** The processes of a running container, by the pids they have in there; state Z is one that nobody has waited for. */
export function processesIn(lab: string, id: string): { pid: number; name: string; state: string }[] {
  const proc = `/proc/${containerPid(lab, id)}/root/proc`;
  const pids = readdirSync(proc).filter((each) => /^\d+$/.test(each));
  return pids.flatMap((pid) => {
    try {
      const [, name = "", state = ""] = /^\d+ \((.*)\) (\S)/s.exec(readFileSync(join(proc, pid, "stat"), "utf8")) ?? [];
      return { pid: Number(pid), name, state };
    } catch {
      // It ended while the others were read.
      return [];
    }
  });
}

/** The argv that runs a command inside a running container: in its groups, root, network, processes and name, as its user. */
export function enterContainer(pid: number, argv: readonly string[], user = 0): string[] {
  return ["perl", fileURLToPath(new URL("enter.pl", import.meta.url)), `${pid}`, `${user}`, ...argv];
}

/** Why a container's image cannot run a command, in the words of the OCI runtime; undefined when it can. */
export function whyNotExecutable(pid: number, command: string): string | undefined {
  const root = `/proc/${pid}/root`;
  if (command.includes("/")) {
    const found =
      statSync(join(root, command), { throwIfNoEntry: false }) ??
      lstatSync(join(root, command), { throwIfNoEntry: false });
    if (!found) return `stat ${command}: no such file or directory`;
    return found.isFile() && (found.mode & 0o111) === 0 ? "permission denied" : undefined;
  }
  const path = (containerEnvironment("").PATH ?? "").split(":");
  const found = path.some(
    (directory) => lstatSync(join(root, directory, command), { throwIfNoEntry: false }) !== undefined,
  );
  return found ? undefined : "executable file not found in $PATH";
}
