import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, type TestContext, test } from "node:test";
import { isPrivate } from "#files/compile-cache.ts";
import { bundled } from "../support/bundled.ts";

function home(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), "kube-ipv6-home-"));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

describe("compiled code is kept where nobody else can put any", { skip: process.platform === "win32" }, () => {
  test("in a folder that is made for it, with its parents", (t) => {
    const folder = join(home(t), "a/b/kube-ipv6");
    assert.equal(isPrivate(folder), true);
    assert.equal(statSync(folder).mode & 0o777, 0o700);
    assert.equal(isPrivate(folder), true);
  });

  for (const [what, spoil] of Object.entries<(folder: string) => void>({
    "one that others may read or write": (folder) => chmodSync(folder, 0o755),
    "one that a group may write": (folder) => chmodSync(folder, 0o770),
    "a link": (folder) => {
      rmSync(folder, { recursive: true });
      mkdirSync(`${folder}-elsewhere`, { mode: 0o700 });
      symlinkSync(`${folder}-elsewhere`, folder);
    },
    "one that others may put another in place of": (folder) => chmodSync(join(folder, ".."), 0o777),
  }))
    test(`not in ${what}`, (t) => {
      const folder = join(home(t), "cache/kube-ipv6");
      assert.equal(isPrivate(folder), true);
      spoil(folder);
      assert.equal(isPrivate(folder), false);
    });

  test("not in one of somebody else, nor below", { skip: process.getuid?.() !== 0 }, (t) => {
    const top = home(t);
    mkdirSync(join(top, "theirs"), { mode: 0o700 });
    chownSync(join(top, "theirs"), 12345, 12345);
    assert.equal(isPrivate(join(top, "theirs")), false);
    assert.equal(isPrivate(join(top, "theirs/kube-ipv6")), false);
    assert.equal(existsSync(join(top, "theirs/kube-ipv6")), false);
  });

  test("what is shipped leaves the shared folder for temporary files alone", (t) => {
    const top = home(t);
    const [cache, shared] = [join(top, "cache"), join(top, "shared")];
    mkdirSync(shared);
    const { NODE_COMPILE_CACHE: _, ...own } = process.env;
    const env = { ...own, XDG_CACHE_HOME: cache, TMPDIR: shared };
    for (const [program, ...args] of [
      ["cli.cjs", "lint", "--help"],
      ["server.cjs", "--stdio"],
      ["server.cjs", "--compile-cache", join(top, "editor/compiled"), "--stdio"],
    ] as const)
      spawnSync(process.execPath, [bundled(program), ...args], { env, input: "" });
    assert.deepEqual(readdirSync(shared), []);
    assert.deepEqual(readdirSync(cache), ["kube-ipv6"]);
    const kept = readdirSync(join(cache, "kube-ipv6"));
    assert.deepEqual(kept.filter((name) => name.startsWith("cli-")).length, 2, "of the command line two bundles");
    assert.equal(kept.length, 3, "and Node.js' own folder, for the server");
    assert.equal(readdirSync(join(top, "editor/compiled")).length, 1);
    chmodSync(join(cache, "kube-ipv6"), 0o777);
    rmSync(join(cache, "kube-ipv6"), { recursive: true });
    mkdirSync(join(cache, "kube-ipv6"), { mode: 0o777 });
    chmodSync(join(cache, "kube-ipv6"), 0o777);
    const { status } = spawnSync(process.execPath, [bundled("cli.cjs"), "lint", "--help"], { env });
    assert.equal(status, 0);
    assert.deepEqual(readdirSync(join(cache, "kube-ipv6")), []);
  });

  test("what was kept of a start is taken by the next one as it is", (t) => {
    const cache = home(t);
    const { NODE_COMPILE_CACHE: _, ...own } = process.env;
    const env = { ...own, XDG_CACHE_HOME: cache };
    const folder = join(cache, "kube-ipv6");
    const start = () => {
      spawnSync(process.execPath, [bundled("cli.cjs"), "lint", "--help"], { env });
      return readdirSync(folder).map((name) => `${name} ${statSync(join(folder, name)).ino}`);
    };
    const kept = start();
    assert.equal(kept.length, 2);
    // What V8 refuses, since the flags it runs with are not those it was kept with, is written again.
    assert.deepEqual(start(), kept);
  });
});
