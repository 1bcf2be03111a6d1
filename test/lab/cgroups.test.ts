import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { containerHash, makeGroups, removeGroups, usageOf } from "./cgroups.ts";
import { parseLimits } from "./limits.ts";

const limits = parseLimits("memory:64Mi,cpu:50m,pids:512");

test("in cgroup v2 a container has one group, with its limits", async () => {
  await withRoot(async (root) => {
    writeFileSync(join(root, "cgroup.controllers"), "cpu memory pids\n");
    const [group = "", ...others] = makeGroups("lab", "n1-p1", limits, root);
    assert.deepEqual(others, []);
    const read = (file: string) => readFileSync(join(group, file), "utf8");
    assert.deepEqual(["memory.max", "memory.swap.max", "pids.max", "cpu.max"].map(read), [
      "67108864",
      "0",
      "512",
      "5000 100000",
    ]);
    const written = { "memory.current": "100\n", "memory.peak": "200\n", "pids.current": "2\n", "pids.peak": "5\n" };
    for (const [file, text] of Object.entries(written)) writeFileSync(join(group, file), text);
    writeFileSync(join(group, "memory.events"), "low 0\nhigh 0\nmax 7\noom 1\noom_kill 1\n");
    writeFileSync(join(group, "cpu.stat"), "usage_usec 1500\nuser_usec 1000\nnr_throttled 3\nthrottled_usec 40\n");
    assert.deepEqual(usageOf("lab", "n1-p1", root), {
      memory: 100,
      memoryPeak: 200,
      processes: 2,
      processesPeak: 5,
      oomKills: 1,
      cpu: 1500,
      throttled: 40,
    });
  });
});

test("in cgroup v1 it has one a controller, where cpu and cpuacct may be the same", async () => {
  await withRoot(async (root) => {
    for (const controller of ["memory", "pids", "cpu"]) mkdirSync(join(root, controller));
    const groups = makeGroups("lab", "n1-p1", limits, root);
    const own = `lab/${containerHash("lab", "n1-p1")}`;
    assert.deepEqual(
      groups,
      ["memory", "pids", "cpu"].map((each) => join(root, each, own)),
    );
    assert.equal(readFileSync(join(root, "memory", own, "memory.limit_in_bytes"), "utf8"), "67108864");
    assert.equal(readFileSync(join(root, "cpu", own, "cpu.cfs_quota_us"), "utf8"), "5000");
    writeFileSync(join(root, "memory", own, "memory.oom_control"), "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n");
    assert.equal(usageOf("lab", "n1-p1", root).oomKills, 2);
  });
});

test("limits nobody can read are refused before anything is built", () => {
  for (const text of ["memory:64MB", "cpu:fast", "disk:1Gi", "pids:many"]) assert.throws(() => parseLimits(text), text);
});

test("groups are removed, and one that was never made is no trouble", async () => {
  await withRoot(async (root) => {
    for (const controller of ["memory", "pids"]) mkdirSync(join(root, controller));
    makeGroups("lab", "a", {}, root);
    makeGroups("lab", "b", {}, root);
    await removeGroups("lab", "a", root);
    assert.throws(() => readFileSync(join(root, "memory/lab/a/x")));
    await removeGroups("lab", undefined, root);
    await removeGroups("lab", undefined, root);
    mkdirSync(join(root, "memory/lab"));
  });
});

/** A directory of plain files in the place of /sys/fs/cgroup: what is written where can be seen on any machine. */
async function withRoot(body: (root: string) => Promise<void>): Promise<void> {
  const root = mkdtempSync(join(tmpdir(), "kube-ipv6-cgroups-"));
  try {
    await body(root);
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}
