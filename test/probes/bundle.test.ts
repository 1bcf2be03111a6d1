import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { createSocket } from "node:dgram";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer as createHttp } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { type Reading, readBundle, type Want } from "#core/probing/bundle.ts";
import { framedCat, strategies } from "#core/probing/strategies.ts";
import { bundleArguments } from "#core/probing/want.ts";
import { isMissing, type Runner, runners, runProgram } from "./run-program.ts";

const mark = "@mark@";
const folder = mkdtempSync(join(tmpdir(), "bundle-"));
const http = createHttp((_request, response) => response.end("hello"));
const echo = createSocket("udp6");

before(async () => {
  writeFileSync(join(folder, "tricky"), `one\n${mark.slice(1)} F /x\n\ttwo $(id) "quoted" \\n`);
  writeFileSync(join(folder, "empty"), "");
  echo.on("message", (data, { address, port }) => echo.send(data, port, address));
  await new Promise<void>((done) => echo.bind(0, "::1", done));
  await new Promise<void>((done) => http.listen(0, "::1", done));
});

after(() => {
  http.close();
  echo.close();
  rmSync(folder, { recursive: true });
});

for (const runner of runners)
  describe(`a bundle fetched with ${runner.name}`, { skip: isMissing(runner) }, () => {
    it("reads files exactly, and says which are missing", async () => {
      const tricky = join(folder, "tricky");
      const wants: Want[] = [
        tricky,
        join(folder, "empty"),
        join(folder, "none"),
        "/proc/sys/net/ipv6/conf/*/disable_ipv6",
      ].map((path) => ({ op: "file", path }));
      const reading = await fetch(runner, wants);
      assert.deepEqual(reading.file(tricky), {
        ok: true,
        value: `one\n${mark.slice(1)} F /x\n\ttwo $(id) "quoted" \\n`,
      });
      assert.deepEqual(reading.file(join(folder, "empty")), { ok: true, value: "" });
      const none = reading.file(join(folder, "none"));
      assert.equal(!none.ok && none.refusal.reason, "absent");
      const devices = reading.files("/proc/sys/net/ipv6/conf/*/disable_ipv6");
      assert.ok(
        devices.some(({ path }) => path.includes("/lo/")),
        "a pattern gives every file",
      );
      assert.ok(devices.every(({ text }) => /^[01]$/.test(text.trim())));
    });

    it("reads a number of several digits under /proc/sys, where a shell that reads byte by byte gets one", async () => {
      const path = "/proc/sys/net/ipv6/route/max_size";
      const answer = (await fetch(runner, [{ op: "file", path }])).file(path);
      assert.equal(answer.ok && answer.value.trim(), readFileSync(path, "utf8").trim());
    });

    it("takes of a large file the lines that hold a text, and says which file is missing", async () => {
      const table = join(folder, "table");
      writeFileSync(table, "a fd00::1 x\nb fd00::2 x\nc [fd00::1] y\n");
      const reading = await fetch(runner, [
        { op: "lines", path: table, text: "fd00::1" },
        { op: "lines", path: table, text: "none-of-it" },
        { op: "lines", path: join(folder, "none"), text: "x" },
        { op: "nft" },
      ]);
      const some = reading.lines(table, "fd00::1");
      assert.deepEqual(some.ok && some.value.trim().split("\n"), ["a fd00::1 x", "c [fd00::1] y"]);
      const empty = reading.lines(table, "none-of-it");
      assert.equal(empty.ok && empty.value.trim(), "");
      const none = reading.lines(join(folder, "none"), "x");
      assert.ok(!none.ok && ["not-found", "absent"].includes(none.refusal.reason));
      const rules = reading.nft();
      assert.ok(rules.ok ? JSON.parse(rules.value).nftables : rules.refusal.message, JSON.stringify(rules));
    });

    it("dials both families side by side and keeps the results apart", async () => {
      const { port } = http.address() as AddressInfo;
      const open: Want = { op: "dial", host: "::1", port, seconds: 9 };
      const closed: Want = { op: "dial", host: "127.0.0.1", port: 1, seconds: 9 };
      const reading = await fetch(runner, [
        open,
        closed,
        { op: "moving", path: "/proc/net/snmp6" },
        { op: "hold", seconds: 0.2 },
      ]);
      const [yes, no] = [reading.attempt(open), reading.attempt(closed)];
      assert.ok(yes.ok && yes.value.ok, JSON.stringify(yes));
      assert.ok(no.ok && !no.value.ok, JSON.stringify(no));
      assert.match(no.value.text, /refused|ECONNREFUSED/i);
      const counters = reading.moving("/proc/net/snmp6");
      assert.ok(
        counters.ok &&
          counters.value.before.includes("Ip6InReceives") &&
          counters.value.after.includes("Ip6InReceives"),
      );
    });

    it("sends HTTP requests of a size", async () => {
      const { port } = http.address() as AddressInfo;
      const wants = [1, 1220, 4000].map((bytes): Want => ({ op: "http", host: "::1", port, seconds: 9, bytes }));
      const reading = await fetch(runner, wants);
      for (const want of wants) {
        const attempt = reading.attempt(want);
        assert.ok(attempt.ok && attempt.value.ok, JSON.stringify(attempt));
        assert.match(attempt.value.text, /^HTTP\/1\.[01] 200/);
      }
    });

    it("sends one in small packets", async () => {
      const { port } = http.address() as AddressInfo;
      const want: Want = { op: "http", host: "::1", port, seconds: 9, bytes: 4000, pieces: true };
      const attempt = (await fetch(runner, [want])).attempt(want);
      assert.ok(attempt.ok && attempt.value.ok, JSON.stringify(attempt));
      assert.match(attempt.value.text, /^HTTP\/1\.[01] 200/);
    });

    it("sends the bytes of a DNS query, newlines and zeros too, where it can", async () => {
      const { port } = echo.address() as AddressInfo;
      const want: Want = { op: "lookup", host: "::1", port, seconds: 2, hex: "0a0b0a0d00ff25", type: "A", name: "x." };
      const attempt = (await fetch(runner, [want])).attempt(want);
      if (attempt.ok && attempt.value.tool === "nslookup") return;
      assert.equal(attempt.ok && attempt.value.text.replaceAll(" ", ""), want.hex);
    });
  });

describe("a DNS query that nobody takes", () => {
  for (const runner of runners)
    it(`is an error, and no silence, to ${runner.name}`, { skip: isMissing(runner) }, async () => {
      const want: Want = { op: "lookup", host: "::1", port: 1, seconds: 1, hex: "0a0b", type: "A", name: "x." };
      const attempt = (await fetch(runner, [want])).attempt(want);
      if (attempt.ok && attempt.value.tool === "nslookup") return;
      assert.match(attempt.ok && !attempt.value.ok ? attempt.value.text : "", /refused|ECONNREFUSED|an error came/i);
    });
});

describe("a container with less", () => {
  it("reads files with cat alone: a file that is always the same stands between two", async () => {
    const cat = strategies.find(({ name }) => name === "cat");
    const wants: Want[] = ["/proc/net/if_inet6", "/proc/none", "/proc/sys/net/ipv6/conf/all/forwarding"].map(
      (path) => ({ op: "file", path }),
    );
    const [program = "", ...args] = cat?.argv(wants) ?? [];
    const { stdout, stderr } = spawnSync(program, args, { encoding: "utf8", env: { ...process.env, LC_ALL: "C" } });
    const reading = readBundle(mark, framedCat(mark, wants, stdout, stderr), wants);
    assert.ok(reading.file("/proc/net/if_inet6").ok);
    const none = reading.file("/proc/none");
    assert.equal(!none.ok && none.refusal.reason, "absent");
    const forwarding = reading.file("/proc/sys/net/ipv6/conf/all/forwarding");
    assert.match(forwarding.ok ? forwarding.value : "", /^[01]\n$/);
  });

  it("a shell without grep or nft says so, for somebody else to be asked", async () => {
    const wants: Want[] = [{ op: "lines", path: "/proc/net/snmp6", text: "Ip6" }, { op: "nft" }];
    const bare: Runner = { name: "bare", strategy: "sh", program: "dash", only: ["cat"] };
    if (isMissing(bare)) return;
    const reading = await fetch(bare, wants);
    for (const answer of [reading.lines("/proc/net/snmp6", "Ip6"), reading.nft()])
      assert.equal(!answer.ok && answer.refusal.reason, "no-command");
  });

  it("a shell without cat reads files, and without anything to dial says so", async () => {
    const bare: Runner = { name: "bare", strategy: "sh", program: "dash", only: [] };
    if (isMissing(bare)) return;
    const dial: Want = { op: "dial", host: "::1", port: 1, seconds: 1 };
    const reading = await fetch(bare, [{ op: "file", path: "/proc/net/if_inet6" }, dial, { op: "ip6tables" }]);
    assert.ok(reading.file("/proc/net/if_inet6").ok);
    for (const answer of [reading.attempt(dial), reading.ip6tables()])
      assert.equal(!answer.ok && answer.refusal.reason, "no-command");
  });

  it("a dial to a silent address ends by itself", async () => {
    const dash = runners[0] as Runner;
    if (isMissing(dash)) return;
    // 2001:db8::/32 is documentation: nobody answers, or the machine has no route; it must end either way.
    const want: Want = { op: "dial", host: "2001:db8::1", port: 9, seconds: 1 };
    const attempt = (await fetch(dash, [want])).attempt(want);
    assert.ok(attempt.ok && !attempt.value.ok);
  });
});

it("never lets a name become part of a program", () => {
  const evil: Want = { op: "dial", host: "$(touch /tmp/evil); `id`", port: 1, seconds: 1 };
  const args = bundleArguments([evil], "octal");
  assert.deepEqual(args, ["D", "0", "$(touch /tmp/evil); `id`", "1", "2", "100", "0"]);
});

async function fetch(runner: Runner, wants: readonly Want[]): Promise<Reading> {
  return (await runProgram(runner, wants)).reading;
}
