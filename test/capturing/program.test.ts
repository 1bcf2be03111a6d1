import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { readWords, watched } from "#core/capturing/program.ts";

const shells = [
  ["/bin/dash"],
  ["/bin/bash", "--posix"],
  ["/bin/bash"],
  ["/usr/bin/busybox", "sh"],
  ["/bin/busybox", "sh"],
];
const there = shells.filter(([program = ""]) => process.platform === "linux" && existsSync(program));

/** The watched program in a shell of this machine, with lines on its standard input until the test says otherwise. */
function started(shell: readonly string[], seconds: number, argv: readonly string[]) {
  const [, ...rest] = watched(seconds, argv);
  const child = spawn(shell[0] ?? "", [...shell.slice(1), ...rest], { stdio: ["pipe", "pipe", "pipe"] });
  child.stdin.on("error", () => {});
  const timer = setInterval(() => child.stdin.write("\n"), 150);
  child.once("exit", () => clearInterval(timer));
  return { child, silence: () => clearInterval(timer) };
}

/** The pid of the program that it runs. */
async function programOf(child: ChildProcess): Promise<number> {
  for await (const chunk of child.stdout ?? []) return Number(String(chunk));
  throw new Error("it printed nothing");
}

function isGone(pid: number): boolean {
  try {
    return /^\d+ \(.*\) [ZX]/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return true;
  }
}

const waits = ["sh", "-c", "echo $$; exec sleep 600"];

for (const shell of there) {
  const name = shell.join(" ");
  test(`${name}: the program is ended by its time, a word, the end of the input and by silence`, async () => {
    const ways: Readonly<Record<string, (run: ReturnType<typeof started>) => void>> = {
      time: () => {},
      word: ({ child }) => child.stdin?.write("end\n"),
      end: ({ child, silence }) => {
        silence();
        child.stdin?.end();
      },
      silence: ({ silence }) => silence(),
    };
    await Promise.all(
      Object.entries(ways).map(async ([way, act]) => {
        const run = started(shell, way === "time" ? 1 : 500, waits);
        const exited = once(run.child, "exit");
        const pid = await programOf(run.child);
        assert.ok(!isGone(pid), way);
        act(run);
        const [code] = await exited;
        assert.ok(code === 143 && isGone(pid), `${way}: ${code}`);
      }),
    );
  });

  test(`${name}: a program that does not hear of it is killed, one that ends is waited for, none is told of`, async () => {
    const deaf = started(shell, 1, ["sh", "-c", "trap '' TERM; echo $$; exec sleep 600"]);
    const exited = once(deaf.child, "exit");
    await programOf(deaf.child);
    assert.deepEqual(await exited, [137, null]);
    assert.equal((await once(started(shell, 60, ["sh", "-c", "exit 3"]).child, "exit"))[0], 3);
    const none = started(shell, 60, ["no-such-program-anywhere"]).child;
    const words: string[] = [];
    none.stderr.on("data", (chunk) => words.push(String(chunk)));
    assert.equal((await once(none, "close"))[0], 127);
    assert.equal(readWords(words.join("")).interfaces.get(1), "lo");
  });
}

test("what tcpdump says at its end is understood", () => {
  const { interfaces, dropped, words } = readWords(`interface 0a eth0
number 11 cali123:
number 12 a b
tcpdump: data link type LINUX_SLL2
tcpdump: listening on any, link-type LINUX_SLL2 (Linux cooked v2), snapshot length 128 bytes
12 packets captured
19 packets received by filter
7 packets dropped by kernel
1 packet dropped by interface
`);
  assert.deepEqual(
    [...interfaces],
    [
      [10, "eth0"],
      [11, "cali123"],
    ],
  );
  assert.deepEqual([dropped, words], [8, "number 12 a b"]);
  assert.equal(readWords("tcpdump: eth9: No such device exists\n").dropped, undefined);
});
