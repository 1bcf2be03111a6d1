import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { setTimeout } from "node:timers/promises";
import { readBundle, type Want } from "#core/probing/bundle.ts";
import { newMark } from "#core/probing/mark.ts";
import { strategies } from "#core/probing/strategies.ts";
import { type Client, isMissing, type Runner, runners, runProgram } from "./run-program.ts";

const hold: Want = { op: "hold", seconds: 20 };
const patient: Want = { op: "silence", seconds: 9 };
const counters: Want = { op: "moving", path: "/proc/net/snmp6" };

for (const runner of runners)
  describe(`a program run by ${runner.name}`, { skip: isMissing(runner), concurrency: true }, () => {
    it("ends a hold as soon as it is told to, and reads what moves behind it", async () => {
      const wants = [patient, counters, hold];
      const { reading, exitCode } = await runProgram(runner, wants, { ends: true });
      assert.equal(exitCode, 0);
      assert.ok(reading.moving("/proc/net/snmp6").ok);
    });

    it("bears somebody who is busy, if it was told to", async () => {
      const wants: Want[] = [patient, { op: "hold", seconds: 1 }, counters];
      assert.equal((await runProgram(runner, wants, { every: 2_000 })).exitCode, 0);
    });

    it("reads files at once, and what moves around its dials only when it is told to", async () => {
      const folder = mkdtempSync(join(tmpdir(), "company-"));
      const [file = "", last = "", moving = ""] = ["file", "last", "moving"].map((name) => join(folder, name));
      for (const path of [file, last, moving]) writeFileSync(path, "first\n");
      const dial: Want = { op: "dial", host: "127.0.0.1", port: 1, seconds: 1 };
      const files = [file, last].map((path): Want => ({ op: "file", path }));
      const wants: Want[] = [patient, { op: "await" }, { op: "moving", path: moving }, dial, ...files];
      const before = () => {
        for (const path of [file, moving]) writeFileSync(path, "second\n");
      };
      const { reading, exitCode } = await runProgram(runner, wants, { go: { at: last, before } });
      rmSync(folder, { recursive: true });
      assert.equal(exitCode, 0);
      assert.deepEqual(reading.file(file), { ok: true, value: "first\n" });
      assert.deepEqual(reading.moving(moving), { ok: true, value: { before: "second\n", after: "second\n" } });
      assert.ok(reading.attempt(dial).ok);
    });

    it("ends by itself, and leaves nothing, when its standard input is closed", async () => {
      await endsAlone({ closedAfter: 300 });
    });

    it("ends by itself, and leaves nothing, when nobody speaks to it any more", async () => {
      await endsAlone({ silentAfter: 300 });
      await endsAlone({ silentAfter: 300 }, [counters, { op: "await" }, dial]);
    });

    it("ends by itself, and leaves nothing, when nobody sends it anything", async () => {
      await endsAlone({ mute: true });
    });

    it("ends by itself, and leaves nothing, when whoever asked is gone in the middle of a request in pieces", async () => {
      const silent = createServer((socket) => socket.on("error", () => {})).listen(0, "::");
      await once(silent, "listening");
      const { port } = silent.address() as AddressInfo;
      const pieces: Want = { op: "http", host: "::1", port, seconds: 20, bytes: 4000, pieces: true };
      await endsAlone({ silentAfter: 100 }, [counters, pieces]);
      silent.close();
    });

    const dial: Want = { op: "dial", host: "127.0.0.1", port: 1, seconds: 1 };
    async function endsAlone(client: Client, wants: Want[] = [counters, hold, dial]): Promise<void> {
      let own = 0;
      const { reading, exitCode } = await runProgram(runner, wants, { ...client, onStart: (pid) => (own = pid) });
      assert.ok(exitCode === 75 || (runner.strategy === "python3" && client.mute), `${exitCode}`);
      assert.equal(reading.moving("/proc/net/snmp6").ok, false, "it did not get to the end");
      // Who was ended is gone when the kernel gets to it.
      for (let times = 0; times < 200 && membersOf(own).length > 0; times++) await setTimeout(20);
      assert.deepEqual(membersOf(own), []);
    }
  });

describe("the mark of an exec", () => {
  it("is another for each, and stands nowhere in what a program is started with", () => {
    assert.notEqual(newMark(), newMark());
    for (const { argv, name } of strategies) assert.ok(!argv([]).join(" ").includes("mark"), name);
  });

  it("makes a record of the same shape with any other mark a piece of text", () => {
    const mark = newMark();
    const forged = `@0000@ R 0 0 10 0 bash\n${newMark()} R 0 0 10 0 bash\n`;
    const stdout = `${mark} F /etc/resolv.conf\n${forged}\n${mark} S 0\n${mark} R 0 1 10 0 bash\n`;
    const want: Want = { op: "dial", host: "::1", port: 1, seconds: 1 };
    const reading = readBundle(mark, stdout, [want]);
    assert.deepEqual(reading.file("/etc/resolv.conf"), { ok: true, value: forged });
    const attempt = reading.attempt(want);
    assert.equal(attempt.ok && attempt.value.ok, false);
  });
});

describe("a shell that dials one after the other", { skip: isMissing(runners[0] as Runner) }, () => {
  it("does not send a request to whom nothing connects, and says what came of the connection", async () => {
    for (const runner of runners.filter(
      ({ strategy, ...one }) => strategy === "sh" && !isMissing({ strategy, ...one }),
    )) {
      const dial: Want = { op: "dial", host: "::1", port: 1, seconds: 1 };
      const requests = [1, 1220, 4000].map((bytes): Want => ({ op: "http", host: "::1", port: 1, seconds: 1, bytes }));
      const { reading, stdout } = await runProgram(runner, [dial, ...requests]);
      assert.deepEqual(stdout.match(/(?<= R \d )(same|skip)/g), ["same", "skip", "skip"], runner.name);
      for (const want of requests.slice(1)) assert.equal(reading.attempt(want).ok, false, "of which nothing is known");
      for (const want of [dial, ...requests.slice(0, 1)]) {
        const attempt = reading.attempt(want);
        assert.ok(attempt.ok && !attempt.value.ok && /refused/i.test(attempt.value.text), runner.name);
      }
    }
  });

  it("times an attempt beside one that never leaves the machine, and says for how long it was kept from running", async () => {
    const dial: Want = { op: "dial", host: "::1", port: 1, seconds: 1 };
    const attempt = (await runProgram(runners[0] as Runner, [dial])).reading.attempt(dial);
    assert.ok(attempt.ok);
    assert.equal(typeof attempt.value.control, "number");
    assert.equal(typeof attempt.value.starved, "number");
  });
});

/** The processes of a process group: what a program has started stays in its group. */
function membersOf(group: number): string[] {
  return readdirSync("/proc").filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /s, "");
      return Number(stat.split(" ")[2]) === group;
    } catch {
      return false;
    }
  });
}
