import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { type LedgerEntry, ledgerFolder, outpostLedger } from "#cluster/ledger.ts";
import { thisProcess } from "#cluster/owner-process.ts";
import { podOn } from "#core/outposts/outpost.ts";

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "kube-ipv6-ledger-"));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

function entry(name: string, more: Partial<LedgerEntry> = {}): LedgerEntry {
  const { body: _body, ...outpost } = podOn("n1", "node", { image: "busybox", namespace: "default", name: () => name });
  return {
    format: 1,
    outpost,
    context: "lab",
    server: "https://[::1]:6443",
    created: Date.now(),
    process: thisProcess(),
    ...more,
  };
}

test("the ledger is its owner's alone, holds whole files only, and forgets", {
  skip: process.platform === "win32",
}, (t) => {
  const ledger = outpostLedger(join(folderFor(t), "kube-ipv6", "ledger"));
  assert.deepEqual(ledger.entries(), []);
  ledger.write(entry("kube-ipv6-a"));
  ledger.write(entry("kube-ipv6-b"));
  assert.equal(statSync(ledger.folder).mode & 0o777, 0o700);
  assert.equal(statSync(join(ledger.folder, "kube-ipv6-a.json")).mode & 0o777, 0o600);
  assert.deepEqual(readdirSync(ledger.folder), ["kube-ipv6-a.json", "kube-ipv6-b.json"], "nothing half written stays");
  writeFileSync(join(ledger.folder, "kube-ipv6-c.json"), '{"format":1,"outp');
  writeFileSync(join(ledger.folder, "other.json"), JSON.stringify(entry("kube-ipv6-a")));
  assert.deepEqual(
    ledger.entries().map(({ outpost }) => outpost.pod),
    ["kube-ipv6-a", "kube-ipv6-b"],
  );
  ledger.forget(entry("kube-ipv6-a"));
  assert.deepEqual(ledger.entries(), [entry("kube-ipv6-b", { created: ledger.entries()[0]?.created ?? 0 })]);
  assert.throws(() => ledger.write(entry("../../etc/passwd")), /no name of ours/);
});

test("what a process was killed at while it wrote is removed by who looks next, and not what is being written", async (t) => {
  const ledger = outpostLedger(folderFor(t));
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  const [gone, own] = [`a.json.${child.pid}.new`, `b.json.${process.pid}.new`];
  for (const name of [gone, own]) writeFileSync(join(ledger.folder, name), '{"format":1');
  assert.deepEqual(ledger.entries(), []);
  assert.deepEqual(readdirSync(ledger.folder), [own]);
});

test("a folder that others may read is closed, and one that is a link is refused", {
  skip: process.platform === "win32",
}, (t) => {
  const folder = folderFor(t);
  const open = join(folder, "open");
  mkdirSync(open);
  chmodSync(open, 0o755);
  outpostLedger(open).write(entry("kube-ipv6-a"));
  assert.equal(statSync(open).mode & 0o777, 0o700);
  symlinkSync(open, join(folder, "link"));
  assert.throws(() => outpostLedger(join(folder, "link")).write(entry("kube-ipv6-a")), /is no folder/);
});

test("what a process that runs has created is needed, and of one that is gone, or after its time, it is not", async () => {
  const ledger = outpostLedger();
  assert.equal(ledger.isNeeded(entry("kube-ipv6-a")), true);
  assert.equal(ledger.isNeeded(entry("kube-ipv6-a", { abandoned: true })), false);
  assert.equal(ledger.isNeeded(entry("kube-ipv6-a", { created: Date.now() - 3_600_000 })), false);
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  assert.equal(ledger.isNeeded(entry("kube-ipv6-a", { process: { pid: child.pid ?? 0 } })), false);
  const reused = { pid: process.pid, started: "1" };
  assert.equal(
    ledger.isNeeded(entry("kube-ipv6-a", { process: reused })),
    false,
    "a pid that came back is another process",
  );
});

test("the ledger lies where a system keeps the state of programs", () => {
  assert.equal(ledgerFolder({ HOME: "/home/a", XDG_STATE_HOME: "/state" }), "/state/kube-ipv6/ledger");
  if (process.platform === "linux")
    assert.equal(
      ledgerFolder({ HOME: "/home/a", XDG_STATE_HOME: "relative" }),
      "/home/a/.local/state/kube-ipv6/ledger",
    );
});
