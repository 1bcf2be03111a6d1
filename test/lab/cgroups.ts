import { createHash } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { bytesOf, cpusOf, type Limits } from "./limits.ts";

/** What a group of processes has used. Peaks count since they were last forgotten; what the kernel does not tell is undefined. */
export interface Usage {
  /** Bytes. */
  memory: number;
  memoryPeak: number | undefined;
  processes: number;
  processesPeak: number | undefined;
  /** Processes the kernel killed because the group had no memory left. */
  oomKills: number;
  /** Microseconds. */
  cpu: number;
  /** Microseconds during which the group wanted to run and had no quota left. */
  throttled: number;
}

const machine = "/sys/fs/cgroup";
const controllers = ["memory", "pids", "cpu", "cpuacct"];

/** Whether one hierarchy holds all controllers (cgroup v2); in v1 each has a directory of its own. */
export function isUnified(root = machine): boolean {
  return existsSync(join(root, "cgroup.controllers"));
}

/**
 * Makes the groups of a container and returns their directories: one in cgroup v2, one a controller in v1. A process joins
 * by writing 0 into each one's cgroup.procs.
 * @see https://docs.kernel.org/admin-guide/cgroup-v2.html
 */
export function makeGroups(lab: string, id: string, limits: Limits, root = machine): string[] {
  const groups = groupsOf(lab, id, root);
  if (isUnified(root)) {
    const parent = join(root, lab);
    mkdirSync(parent, { recursive: true });
    for (const each of [root, parent]) writeFileSync(join(each, "cgroup.subtree_control"), "+memory +pids +cpu");
  }
  for (const group of groups) mkdirSync(group, { recursive: true });
  for (const [file, value] of isUnified(root) ? unifiedLimits(limits) : splitLimits(limits)) {
    const group = groups.find((each) => isUnified(root) || each.startsWith(controllerOf(file, root)));
    if (group === undefined) throw new Error(`this machine has no controller for ${file}`);
    writeFileSync(join(group, file), value);
  }
  return groups;
}

/** Removes the groups of a lab (or of one container), waiting for processes that were killed to be gone. */
export async function removeGroups(lab: string, id?: string, root = machine): Promise<void> {
  const parents = isUnified(root) ? [join(root, lab)] : hierarchies(root).map((each) => join(each, lab));
  for (const parent of parents.filter((each) => existsSync(each))) {
    const ids = readdirSync(parent, { withFileTypes: true }).filter((each) => each.isDirectory());
    for (const { name } of ids)
      if (id === undefined || name === containerHash(lab, id)) await removeOne(join(parent, name));
    if (id === undefined) await removeOne(parent);
  }
}

/** What a container has used so far. */
export function usageOf(lab: string, id: string, root = machine): Usage {
  const read = reader(groupsOf(lab, id, root));
  const [stat, kills, cpu] = [
    read("cpu.stat"),
    read("memory.events") || read("memory.oom_control"),
    read("cpuacct.usage"),
  ];
  const peak = (text: string) => (text.trim() === "" ? undefined : Number(text));
  return {
    memory: Number(read("memory.current") || read("memory.usage_in_bytes")),
    memoryPeak: peak(read("memory.peak") || read("memory.max_usage_in_bytes")),
    processes: Number(read("pids.current")),
    processesPeak: peak(read("pids.peak")),
    oomKills: field(kills, "oom_kill"),
    cpu: cpu === "" ? field(stat, "usage_usec") : Number(cpu) / 1000,
    throttled: stat.includes("throttled_usec") ? field(stat, "throttled_usec") : field(stat, "throttled_time") / 1000,
  };
}

/** The processes of a container, as the machine sees them. */
export function membersOf(lab: string, id: string, root = machine): number[] {
  return reader(groupsOf(lab, id, root))("cgroup.procs")
    .split("\n")
    .filter(Boolean)
    .map(Number);
}

/** The hierarchies of cgroup v1 that are there; some machines mount cpu and cpuacct as one. */
function hierarchies(root: string): string[] {
  const there = controllers.map((each) => join(root, each)).filter((each) => existsSync(each));
  return [...new Set(there.map((each) => realpathSync(each)))];
}

function groupsOf(lab: string, id: string, root: string): string[] {
  const own = join(lab, containerHash(lab, id));
  return isUnified(root) ? [join(root, own)] : hierarchies(root).map((each) => join(each, own));
}

/** What the runtime calls a container: 64 digits that the API shows and its group is named by. */
export function containerHash(lab: string, id: string): string {
  return createHash("sha256").update(`${lab}/${id}`).digest("hex");
}

function controllerOf(file: string, root: string): string {
  const path = join(root, file.split(".")[0] ?? "");
  return existsSync(path) ? realpathSync(path) : path;
}

const period = 100_000;

function unifiedLimits({ memory, cpu, pids }: Limits): [string, string][] {
  return [
    ...(memory ? [["memory.max", `${bytesOf(memory)}`] as [string, string]] : []),
    // A swapped-out page would hide that there is no room.
    ...(memory ? [["memory.swap.max", "0"] as [string, string]] : []),
    ...(pids ? [["pids.max", pids] as [string, string]] : []),
    ...(cpu ? [["cpu.max", `${cpusOf(cpu) * period} ${period}`] as [string, string]] : []),
  ];
}

function splitLimits({ memory, cpu, pids }: Limits): [string, string][] {
  return [
    ...(memory ? [["memory.limit_in_bytes", `${bytesOf(memory)}`] as [string, string]] : []),
    ...(pids ? [["pids.max", pids] as [string, string]] : []),
    ...(cpu ? [["cpu.cfs_quota_us", `${cpusOf(cpu) * period}`] as [string, string]] : []),
  ];
}

async function removeOne(group: string): Promise<void> {
  const deadline = Date.now() + 5_000;
  for (;;) {
    try {
      return rmdirSync(group);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "ENOENT") return;
      if (code !== "EBUSY" || Date.now() > deadline) throw error;
      // The end of a container that shares the machine's processes is not that of what it has started.
      for (const pid of reader([group])("cgroup.procs").split("\n").filter(Boolean)) killOne(Number(pid));
      await wait(10);
    }
  }
}

function killOne(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

function reader(groups: readonly string[]): (file: string) => string {
  return (file) => {
    const path = groups.map((group) => join(group, file)).find((each) => statSync(each, { throwIfNoEntry: false }));
    return path === undefined ? "" : readFileSync(path, "utf8");
  };
}

function field(text: string, name: string): number {
  return Number(new RegExp(`^${name} (\\d+)$`, "m").exec(text)?.[1] ?? 0);
}
