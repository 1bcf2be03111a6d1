import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import type { Answer } from "#core/cluster/cluster.ts";
import { probe as largeEcho } from "#core/probes/large-echo.ts";
import { type PathMtu, probe } from "#core/probes/path-mtu.ts";
import { readBundle, type Want } from "#core/probing/bundle.ts";
import { isMissing, type Runner, runners, runProgram } from "./run-program.ts";

const dash = runners.find(({ name }) => name === "dash") as Runner;
const at = { kind: "pod", namespace: "default", pod: "a" } as const;
const args = { at, family: "IPv6", host: "fd00::2", most: 1500 } as const;

/** What is measured where ping is this script; BYTES is the size of the packet with its headers. */
async function measured(script: string, more: object = {}, runner: Runner = dash): Promise<Answer<PathMtu>> {
  const ping = `BYTES=$(($6 + 48)); HOST=$7; ${script}`;
  const asked = { ...args, ...more };
  const { reading } = await runProgram({ ...runner, scripts: { ping } }, probe.wants(asked));
  return probe.read(reading, asked);
}

async function found(script: string, more: object = {}): Promise<PathMtu> {
  const answer = await measured(script, more);
  assert.ok(answer.ok, JSON.stringify(answer));
  return answer.value;
}

const narrow = '[ "$BYTES" -le 1400 ]';

describe("the largest packet that gets through", { skip: isMissing(dash) }, () => {
  it("takes two echoes where the interface's own MTU passes", async () => {
    const seen = await found('[ "$HOST" = fd00::2 ]');
    assert.deepEqual(seen, { largest: 1500, next: undefined, told: false, packets: 2 });
    assert.match(probe.line(seen, args), /^1500 bytes pass \(2 echoes\)$/);
  });

  it("is found to the byte, and less is sent where it is as much as beside it", async () => {
    const seen = await found(narrow);
    assert.deepEqual([seen.largest, seen.next, seen.told], [1400, 1401, false]);
    assert.equal(seen.packets, 11, "a size that networks have");
    assert.match(probe.line(seen, args), /1400 bytes pass, 1401 do not, and nobody says so/);
    const again = await found(narrow, { likely: 1400 });
    assert.deepEqual([again.largest, again.next, again.packets], [1400, 1401, 6]);
    const wrong = await found(narrow, { likely: 1330 });
    assert.deepEqual([wrong.largest, wrong.next], [1400, 1401]);
    for (const [limit, most] of [
      [1404, 1500],
      [1492, 1500],
      [8941, 9001],
    ]) {
      const other = await found(`[ "$BYTES" -le ${limit} ]`, { most });
      assert.deepEqual([other.largest, other.next, other.told], [limit, (limit ?? 0) + 1, false]);
      assert.ok(other.packets <= 20, `${other.packets} for ${limit}`);
    }
    const tiny = await found('[ "$BYTES" -le 900 ]');
    assert.deepEqual([tiny.largest, tiny.next], [900, 901], "also below what IPv6 asks of a link");
  });

  it("tells who says that a packet is too large", async () => {
    const seen = await found(`${narrow} || { echo "From fd00::1 icmp_seq=1 Packet too big: mtu=1400"; exit 1; }`);
    assert.deepEqual(seen.by, { address: "fd00::1", mtu: 1400 });
    assert.equal(seen.told, true);
    const four = await found(
      `${narrow} || { echo "From 10.0.0.1 icmp_seq=1 Frag needed and DF set (mtu = 1400)"; exit 1; }`,
    );
    assert.deepEqual(four.by, { address: "10.0.0.1", mtu: 1400 });
  });

  it("takes fragments for a sign that the sender was told before, whether they come or not", () => {
    const wants = probe.wants(args);
    const echo = (bytes: number, status: number, fragments: number) => `m U 0 ${bytes} ${status} ${fragments} 0\n\n`;
    for (const status of [0, 1]) {
      const lines = [echo(104, 0, 0), echo(1500, status, 2), echo(1400, 0, 0), echo(1401, status, 2)];
      const seen = probe.read(readBundle("m", lines.join(""), wants), args);
      assert.ok(seen.ok);
      assert.deepEqual([seen.value.largest, seen.value.next, seen.value.told], [1400, 1401, true]);
    }
  });

  it("takes no ICMP error of IPv4 for it, which anybody in the pod may have caused", () => {
    const four = { ...args, family: "IPv4" } as const;
    const lines = (cut: number) => [
      `m U 0 104 0 0 0\n\n`,
      `m U 0 1500 1 0 3\n\n`,
      `m U 0 1400 0 0 0\n\n`,
      `m U 0 1401 1 ${cut} 0\n\n`,
    ];
    for (const cut of [0, 2]) {
      const seen = probe.read(readBundle("m", lines(cut).join(""), probe.wants(four)), four);
      assert.equal(seen.ok && seen.value.told, cut > 0);
    }
  });

  it("is not known where no echo is answered, where packets are lost at random, and where there is no ping", async () => {
    const none = await found("exit 1");
    assert.deepEqual([none.largest, none.packets], [undefined, 2]);
    assert.match(probe.line(none, args), /says nothing of larger packets/);
    const counts = 'n=0; [ -e "$0.n" ] && read -r n <"$0.n"; n=$((n + 1)); echo $n >"$0.n"';
    const random = await found(`${counts}; [ $n -lt 11 ] && ${narrow}`);
    assert.equal(random.uneven, true);
    const forbidden = await measured("echo 'ping: permission denied (are you root?)' >&2; exit 1");
    assert.match(forbidden.ok ? "" : forbidden.refusal.message, /ping may not be used there: .*are you root/);
    const { reading } = await runProgram(dash, probe.wants(args));
    assert.deepEqual(probe.read(reading, args), {
      ok: false,
      refusal: { reason: "no-command", message: "the container has no ping" },
    });
  });

  for (const runner of runners.filter(({ strategy }) => strategy !== "sh"))
    it(`takes a shell, and not ${runner.name}`, { skip: isMissing(runner) }, async () => {
      const { reading } = await runProgram(runner, probe.wants(args));
      const answer = probe.read(reading, args);
      assert.equal(answer.ok ? "" : answer.refusal.reason, "no-command");
    });
});

describe("one large echo", { skip: isMissing(dash) }, () => {
  const asked = { at, host: "fd00::2" } as const;
  const echoed = async (script: string, before: Want[] = []) => {
    const ping = `BYTES=$(($6 + 48)); HOST=$7; ${script}`;
    const wants = [...before, ...largeEcho.wants(asked)];
    const { reading, stdout } = await runProgram({ ...dash, scripts: { ping } }, wants);
    const answer = largeEcho.read(reading, asked);
    assert.ok(answer.ok);
    return { ...answer.value, line: largeEcho.line(answer.value, asked), sent: stdout.includes(" U ") };
  };

  it("is as large as the widest interface but the loopback takes, and is sent once", async () => {
    const names = readdirSync("/sys/class/net").filter((name) => name !== "lo");
    const mtus = names.map((name) => Number(readFileSync(`/sys/class/net/${name}/mtu`, "utf8")));
    const { bytes, came, line } = await echoed('[ "$HOST" = fd00::2 ]');
    assert.deepEqual([bytes, came], [Math.max(...mtus), true]);
    assert.match(line, /bytes came back$/);
  });

  it("says nothing where it does not come, and is not sent to whom nothing connects, nor without a ping", async () => {
    assert.match((await echoed("exit 1")).line, /did not come back, as where no echo is answered at all/);
    const refusing: Want = { op: "dial", host: "fd00::2", port: 1, seconds: 1 };
    const silent = await echoed("exit 0", [refusing]);
    assert.deepEqual([silent.came, silent.sent], [false, false]);
    const { reading } = await runProgram(dash, largeEcho.wants(asked));
    assert.deepEqual(largeEcho.read(reading, asked), {
      ok: true,
      value: { came: false, why: "the container has no ping" },
    });
  });
});
