import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { describe, it } from "node:test";
import type { Want } from "#core/probing/bundle.ts";
import { shellProgram } from "#core/probing/shell-program.ts";
import { isMissing, runners, runProgram } from "./run-program.ts";

const status: Want = { op: "moving", path: "/proc/self/status" };
const limits: Want = { op: "file", path: "/proc/self/limits" };
const kilobytes = (text: string) => Number(/RssAnon:\s*(\d+) kB/.exec(text)?.[1]);
const processes = (text: string) => /Max processes\s+\S+\s+\S+/.exec(text)?.[0];

for (const runner of runners.filter(({ name }) => name.includes("bash")))
  describe(`${runner.name} stays small`, { skip: isMissing(runner) }, () => {
    it("when a child of it has ended, and may start as many as before", async (t) => {
      const server = createServer((socket) => socket.on("error", () => {}));
      t.after(() => server.close());
      await once(server.listen(0, "127.0.0.1"), "listening");
      const { port } = server.address() as AddressInfo;
      const mute: Want = { op: "http", host: "127.0.0.1", port, seconds: 1, bytes: 1 };
      let most = 0;
      const looks = (pid: number) => {
        const timer = setInterval(() => {
          if (existsSync(`/proc/${pid}`))
            most = Math.max(most, kilobytes(readFileSync(`/proc/${pid}/status`, "utf8")) || 0);
        }, 20);
        t.after(() => clearInterval(timer));
        server.once("connection", (socket) => socket.once("close", () => clearInterval(timer)));
      };
      const { reading } = await runProgram(runner, [status, limits, mute], { onStart: looks });
      assert.equal(reading.attempt(mute).ok, true);
      const memory = reading.moving(status.path);
      const before = memory.ok ? kilobytes(memory.value.before) : Number.NaN;
      assert.ok(most - before < 256, `${before} kB, then ${most} kB`);
      const own = reading.file(limits.path);
      assert.equal(own.ok && processes(own.value), processes(readFileSync("/proc/self/limits", "utf8")));
    });
  });

it("a shell is sent no function that it has no use for", () => {
  const dial: Want = { op: "dial", host: "127.0.0.1", port: 1, seconds: 1 };
  const all: Want[] = [
    dial,
    { op: "ip6tables" },
    { op: "program", names: ["a"], args: [], seconds: 1, kilobytes: 1, most: 1 },
    { op: "size", host: "::1", headers: 48, most: 1500, seconds: 1 },
  ];
  const defined = (wants: readonly Want[]) =>
    [...shellProgram(wants).matchAll(/^(\w+)\(\) \{/gm)].map(([, name]) => name).sort();
  assert.deepEqual(
    defined(all).filter((name) => !defined([dial]).includes(name)),
    [
      "cuts",
      "hushed",
      "lacks",
      "lines",
      "mirror",
      "nftables",
      "nth",
      "program",
      "rules",
      "size",
      "sized",
      "slay",
      "whole",
    ],
  );
});
