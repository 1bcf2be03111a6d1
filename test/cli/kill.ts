import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { outpostLedger } from "#cluster/ledger.ts";
import { membersOf } from "#test/lab/cgroups.ts";
import type { Lab } from "#test/lab/lab.ts";
import type { Any } from "#test/lab/objects/object.ts";
import { until } from "#test/lab/support.ts";
import { inLab, started } from "./in-lab.ts";

/** A lab in which every level creates something: nothing to ask in the source, on no node, and a fault that needs both. */
export const killing = { nodes: 2, pods: 1, agents: false, images: { "n1-p1": "distroless", "n2-p1": "distroless" } };
export const levels = ["ephemeral", "probe-pod", "node", "privileged-node"] as const;

/**
 * Kills a diagnosis of a level so many milliseconds after something of its was written to the API, or at that time after its start
 * where nothing was, and starts another one. Throws where anything of the first is still there then, or was never in its plan.
 */
export async function killedAndStarted(
  lab: Lab,
  level: (typeof levels)[number] | "api" | "exec",
  ms: number,
  early: boolean,
): Promise<string[]> {
  const state = mkdtempSync(join(tmpdir(), "kube-ipv6-killed-"));
  const env = { ...process.env, XDG_STATE_HOME: state };
  const before = lab.writes("kube-ipv6").length;
  const atRest = processes(lab);
  const args = ["diagnose", ...inLab(lab), "--from", "n1-p1", "--to", "pod/n2-p1", "--image", "busybox:1.37", "--yes"];
  try {
    const { child, ran } = started([...args, "--access", level], env);
    const exited = once(child, "exit");
    if (!early) while (creations(lab, before).length === 0 && child.exitCode === null) await wait(5);
    await Promise.race([wait(ms), exited]);
    child.kill("SIGKILL");
    const { err } = await ran;
    const next = await started(["diagnose", ...inLab(lab), "--from", "n2-p1", "--quiet"], env).ran;
    assert.doesNotMatch(next.err, /mistake in kube-ipv6/);
    const { items } = await lab.api("GET", "/api/v1/pods");
    const ours = items.filter(({ metadata }: Any) => metadata.name.startsWith("kube-ipv6-"));
    assert.deepEqual(
      ours.map(({ metadata }: Any) => metadata.name),
      [],
      `${level} after ${ms} ms: ${next.err}`,
    );
    for (const { metadata, status } of items)
      for (const { name, state: is } of status.ephemeralContainerStatuses ?? [])
        assert.ok(is.terminated, `${level} after ${ms} ms: ${name} runs on in ${metadata.name}: ${next.err}`);
    const written = creations(lab, before);
    for (const line of written) assert.ok(inPlan(line, err), `${line} was not agreed to:\n${err}`);
    await until(
      `${level} after ${ms} ms: nothing of it to run in a container`,
      async () => processes(lab) <= atRest,
      30,
    );
    const kept = outpostLedger(join(state, "kube-ipv6", "ledger")).entries();
    // What nobody can be sure of is looked for once more; it is not there.
    assert.ok(kept.length <= 3, JSON.stringify(kept));
    return written;
  } finally {
    rmSync(state, { recursive: true });
  }
}

/** How many processes there are in all pods of the plan together. */
function processes({ plan }: Lab): number {
  return plan.pods.reduce((sum, { name }) => sum + membersOf(basename(plan.directory), name).length, 0);
}

/** What was created or changed, by the first word and the path of the request. */
function creations(lab: Lab, since: number): string[] {
  const all = lab.writes("kube-ipv6").slice(since);
  return all.filter((line) => !line.includes("selfsubjectaccessreviews") && !line.startsWith("DELETE"));
}

/** Whether the words that were agreed to hold the request. */
function inPlan(line: string, words: string): boolean {
  const [method = "", path = ""] = line.split(" ");
  const pod = /pods\/([^/]+)\/ephemeralcontainers/.exec(path)?.[1];
  return pod ? words.includes(`in pod default/${pod} `) : method === "POST" && words.includes(`POST ${path}`);
}
