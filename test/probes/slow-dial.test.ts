import assert from "node:assert/strict";
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import { connect } from "node:net";
import { describe, it, type TestContext } from "node:test";
import { readBundle, type Want } from "#core/probing/bundle.ts";
import { shellAttempts } from "#core/probing/shell-attempts.ts";
import { isMissing, runners, runProgram } from "./run-program.ts";

const host = "127.0.0.1";

/** Accepts nobody. */
const mute = `
  const server = require("node:net").createServer().listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => {
    require("node:fs").writeSync(1, server.address().port + "\\n");
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
  });`;

/** A port that is silent, since its queue is full, until its program is killed; the next SYN, a second after the first, is refused then. */
async function silentAtFirst(t: TestContext): Promise<{ readonly port: number; readonly program: ChildProcess }> {
  const program = spawn(process.execPath, ["-e", mute], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(program.stdout, "data");
  const port = Number(`${line}`);
  const queue = Array.from({ length: 4 }, () => connect(port, host).on("error", () => {}));
  t.after(() => {
    program.kill("SIGKILL");
    for (const socket of queue) socket.destroy();
  });
  await Promise.all(queue.slice(0, 2).map((socket) => once(socket, "connect")));
  return { port, program };
}

for (const runner of runners)
  describe(`a slow dial of ${runner.name}`, { skip: isMissing(runner) }, () => {
    it("keeps its words to itself when it fails while something else is asked", async (t) => {
      const echo = createSocket("udp4", (message, { port, address }) => {
        setTimeout(() => echo.send(message, port, address), 1_500);
      }).bind(0, host);
      t.after(() => echo.close());
      await once(echo, "listening");
      const { port, program } = await silentAtFirst(t);
      setTimeout(() => program.kill("SIGKILL"), 300);
      const slow: Want = { op: "dial", host, port, seconds: 5 };
      const asked = { op: "lookup", host, port: echo.address().port, seconds: 3, type: "A", name: "x." } as const;
      const query: Want = { ...asked, hex: "0a0b0a0d00ff25" };
      const { reading, stdout } = await runProgram(runner, [slow, query]);
      const dialled = reading.attempt(slow);
      assert.match(dialled.ok && !dialled.value.ok ? dialled.value.text : stdout, /^(Connection |E)[^ ]*refused$/i);
      const answer = reading.attempt(query);
      if (answer.ok && answer.value.tool === "nslookup") return;
      assert.equal(answer.ok && answer.value.text.replaceAll(" ", ""), query.hex, stdout);
    });
  });

it("nc says of whom it failed to reach, not at which port: two ports of one host are dialled one after the other", () => {
  const dialled = (way: string, to: string) => {
    const state = `has() { :; }; ${shellAttempts}\nsettle() { echo settled; }; run() { echo dialled; }`;
    const dial = `box=; way=${way}; pc=1; pto=fd00::1/80; dial 1 ${to} 81 2 100 0`;
    return spawnSync("sh", ["-c", `${state}; ${dial}`], { encoding: "utf8" })
      .stdout.trim()
      .split("\n");
  };
  assert.deepEqual(dialled("ncz", "fd00::1"), ["settled", "dialled"]);
  assert.deepEqual(dialled("ncz", "fd00::2"), ["dialled"]);
  assert.deepEqual(dialled("bash", "fd00::1"), ["dialled"]);
});

describe("the record of a dial that ran beside another", () => {
  const mark = "@mark@";
  const first: Want = { op: "dial", host: "fd00::1", port: 80, seconds: 1 };
  const second: Want = { op: "dial", host: "::1", port: 80, seconds: 1 };
  const wordsOf = (host: string, error: string) =>
    `sh: connect: ${error}\nsh: line 171: /dev/tcp/${host}/80: ${error}\n`;

  const textsOf = (stdout: string) =>
    [first, second].map((want) => {
      const attempt = readBundle(mark, stdout, [first, second]).attempt(want);
      return attempt.ok ? attempt.value.text : attempt.refusal.message;
    });

  it("takes no word of the other, though that one ended first, or last", () => {
    const refused = `${mark} S 0\n${mark} S 1\n${wordsOf(first.host, "Connection refused")}`;
    const ends = [`\n${mark} R 0 1 1100 0 bash\n`, `\n${mark} R 1 1 900 0 bash\n`];
    for (const stdout of [ends, ends.toReversed()].map((both) => refused + both.join(""))) {
      assert.deepEqual(textsOf(stdout), ["Connection refused", "bash ended with 1"], "which is no silence either");
    }
  });

  it("is none where its program was killed", () => {
    const stdout = `${mark} S 0\n\n${mark} R 0 1 20 0 bash\n${mark} S 1\n\n${mark} R 1 137 900 0 bash\n`;
    assert.deepEqual(textsOf(stdout), ["bash ended with 1", "bash was killed (137) as it dialled"]);
  });

  it("takes its own word, whichever stands last", () => {
    const errors = ["Connection refused", "No route to host"];
    const words = wordsOf(second.host, "No route to host") + wordsOf(first.host, "Connection refused");
    const stdout = `${mark} S 0\n${mark} S 1\n${words}\n${mark} R 1 1 20 0 bash\n\n${mark} R 0 1 1100 0 bash\n`;
    assert.deepEqual(textsOf(stdout), errors);
  });
});
