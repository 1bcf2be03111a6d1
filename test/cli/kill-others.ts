import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Lab } from "#test/lab/lab.ts";
import type { Any } from "#test/lab/objects/object.ts";
import { inLab, started } from "./in-lab.ts";

/** What was written since, but for what is only asked, and what removes. */
function changes(lab: Lab, since: number): string[] {
  const all = lab.writes("kube-ipv6").slice(since);
  return all.filter((line) => !line.includes("selfsubjectaccessreviews") && !line.startsWith("DELETE"));
}

/** Starts a command, and kills it so many milliseconds after its first write, or after its start. */
async function killed(lab: Lab, args: readonly string[], env: NodeJS.ProcessEnv, ms: number, early: boolean) {
  const before = lab.writes("kube-ipv6").length;
  const { child, ran } = started([...args, ...inLab(lab)], env);
  const exited = once(child, "exit");
  if (!early) while (changes(lab, before).length === 0 && child.exitCode === null) await wait(5);
  await Promise.race([wait(ms), exited]);
  child.kill("SIGKILL");
  const { err } = await ran;
  return { err, written: () => changes(lab, before) };
}

/** Kills a capture, from either place, and starts another one: nothing of the first is in the cluster or in the folder then. */
export async function killedCapture(lab: Lab, ms: number, early: boolean): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "kube-ipv6-killed-"));
  const env = { ...process.env, XDG_STATE_HOME: join(folder, "state") };
  const access = ms % 2 === 0 ? "ephemeral" : "privileged-node";
  const args = ["capture", "n1-p1", "--save", join(folder, "a.pcap")];
  const image = ["--access", access, "--image", "docker.io/nicolaka/netshoot:v0.15", "--seconds", "200", "--yes"];
  try {
    const { err, written } = await killed(lab, [...args, ...image], env, ms, early);
    const next = await started([...args, ...inLab(lab)], env).ran;
    const about = `${access} after ${ms} ms: ${next.err}`;
    const { items } = await lab.api("GET", "/api/v1/pods");
    const ours = items
      .map(({ metadata }: Any) => metadata.name)
      .filter((name: string) => name.startsWith("kube-ipv6-"));
    assert.deepEqual(ours, [], about);
    for (const { status } of items)
      for (const { name, state } of status.ephemeralContainerStatuses ?? [])
        assert.ok(state.terminated, `${name} runs on; ${about}`);
    assert.deepEqual(
      readdirSync(folder).filter((name) => name !== "state"),
      [],
      about,
    );
    for (const line of written()) {
      const [method, path = ""] = line.split(" ");
      const own = /pods\/n1-p1\/ephemeralcontainers/.test(path)
        ? err.includes("n1-p1")
        : method === "POST" && err.includes(path);
      assert.ok(own, `${line} was not agreed to:\n${err}`);
    }
    return written();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const path = "/api/v1/namespaces/default/services";

/** Kills a fix, and has what stands on record undone: the object is as it was then, and nothing else was ever changed. */
export async function killedFix(lab: Lab, ms: number, early: boolean): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "kube-ipv6-killed-"));
  const env = { ...process.env, XDG_STATE_HOME: folder };
  const ports = [{ port: 80, targetPort: 8080 }];
  const spec = { selector: { app: "web" }, ipFamilyPolicy: "SingleStack", ipFamilies: ["IPv4"], ports };
  await lab.api("POST", path, { apiVersion: "v1", kind: "Service", metadata: { name: "old" }, spec });
  const records = () => {
    const place = join(folder, "kube-ipv6", "changes");
    return existsSync(place) ? readdirSync(place).flatMap((name) => /^(.+)\.json$/.exec(name)?.[1] ?? []) : [];
  };
  const fix = (args: readonly string[]) => started(["fix", ...inLab(lab), "--quiet", ...args], env).ran;
  try {
    const before = await kept(lab);
    const args = ["fix", "--from", "n1-p1", "--to", "svc/old", "--cause", "service-single-stack", "--yes"];
    const { err, written } = await killed(lab, args, env, ms, early);
    const { out: listed } = await fix(["--list"]);
    for (const id of records()) {
      const undone = await fix(["--undo", id]);
      // What was never made is not undone; it is forgotten, and the object is as it was all the same.
      if (undone.code !== 0) await fix(["--forget", id]);
    }
    assert.deepEqual(records(), [], `after ${ms} ms: ${listed}${err}`);
    assert.deepEqual(await kept(lab), before, `after ${ms} ms: ${listed}${err}`);
    for (const line of written()) assert.match(line, /^PATCH \/api\/v1\/namespaces\/default\/services\/old[ ?]/, err);
    return written();
  } finally {
    await lab.api("DELETE", `${path}/old`);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function kept(lab: Lab): Promise<Any> {
  const { status: _, metadata, ...rest } = await lab.api("GET", `${path}/old`);
  const { resourceVersion: _v, managedFields: _m, generation: _g, ...others } = metadata;
  return { ...rest, metadata: others };
}
