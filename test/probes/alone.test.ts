import assert from "node:assert/strict";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import { answered, type KubeObject } from "#core/cluster/cluster.ts";
import { probe as hosts } from "#core/probes/hosts.ts";
import type { Want } from "#core/probing/bundle.ts";
import { runningContainers } from "#core/probing/containers.ts";
import { keepPod } from "#core/probing/redact.ts";
import { Runner } from "#core/probing/runner.ts";
import { isMissing, runners, runProgram } from "./run-program.ts";

const limits: Want = { op: "file", path: "/proc/self/limits" };

for (const runner of runners.filter(({ name }) => name === "dash that finds bash" || name === "python3"))
  it(`${runner.name} runs nothing that its container wants all of its kind to run`, {
    skip: isMissing(runner),
  }, async (t) => {
    const home = mkdtempSync(join(tmpdir(), "home-"));
    t.after(() => rmSync(home, { recursive: true }));
    for (const name of [".bashrc", "every"]) writeFileSync(join(home, name), `echo ${name} >>${home}/ran\n`);
    for (const name of ["sitecustomize.py", "socket.py"]) writeFileSync(join(home, name), `open("${home}/ran", "w")\n`);
    const python = { HOME: home, PYTHONPATH: home };
    // Standard input is a socket here, as it is to a shell that rshd starts.
    const bash = {
      HOME: home,
      BASH_ENV: join(home, "every"),
      SHELLOPTS: "xtrace",
      "BASH_FUNC_printf%%": `() { echo printf >>${home}/ran; }`,
    };
    const env = runner.strategy === "sh" ? bash : python;
    const { reading } = await runProgram({ ...runner, env }, [limits]);
    assert.equal(reading.file(limits.path).ok, true);
    assert.equal(existsSync(join(home, "ran")), false);
  });

it("no Node.js is started where it would start an agent of others first", async () => {
  const started = async (env: readonly object[], kept: boolean) => {
    const pod: KubeObject = {
      metadata: { namespace: "default", name: "web" },
      spec: { containers: [{ name: "app", image: "node:24", env }] },
      status: { containerStatuses: [{ name: "app", state: { running: {} } }] },
    };
    const programs: (string | undefined)[] = [];
    const run = async (_: unknown, [program]: readonly string[]) => {
      programs.push(program);
      return answered({ stdout: "", stderr: "not found", exitCode: 127 });
    };
    const containers = runningContainers(kept ? keepPod(pod) : pod);
    const at = { kind: "pod", namespace: "default", pod: "web" } as const;
    const runner = new Runner(
      { context: "", run } as never,
      { access: "exec", containers: () => containers },
      () => {},
    );
    await runner.run([{ probe: hosts as never, args: { at } }]);
    return programs.includes("node");
  };
  for (const kept of [false, true]) {
    for (const value of [
      "--max-old-space-size=512 --require /otel/autoinstrumentation.js",
      "-r dd-trace/init",
      "--inspect",
    ])
      assert.equal(await started([{ name: "NODE_OPTIONS", value }], kept), false, value);
    assert.equal(await started([{ name: "NODE_OPTIONS", valueFrom: { configMapKeyRef: {} } }], kept), false);
    assert.equal(await started([{ name: "NODE_OPTIONS", value: "--max-old-space-size=512" }], kept), true);
  }
});
