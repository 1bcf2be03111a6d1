import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";

const scripts = path.resolve(import.meta.dirname, "../scripts");

test("packages that belong to another checkout, by a link, are used as they are and never replaced", (t) => {
  const home = mkdtempSync(path.join(tmpdir(), "kube-ipv6-install-"));
  t.after(() => rmSync(home, { recursive: true }));
  const [theirs, ours] = [path.join(home, "theirs"), path.join(home, "ours")];
  mkdirSync(path.join(theirs, "a-package"), { recursive: true });
  mkdirSync(path.join(ours, "scripts"), { recursive: true });
  cpSync(path.join(scripts, "install.mjs"), path.join(ours, "scripts/install.mjs"));
  for (const name of ["package.json", "package-lock.json"])
    writeFileSync(path.join(ours, name), '{ "name": "a", "lockfileVersion": 3 }\n');
  symlinkSync(theirs, path.join(ours, "node_modules"), "junction");
  const script = "import(process.argv[1]).then(({ installPackages }) => installPackages())";
  const install = () =>
    spawnSync(process.execPath, ["-e", script, path.join(ours, "scripts/install.mjs")], { encoding: "utf8" });

  const empty = install();
  assert.equal(empty.status, 1);
  assert.match(empty.stderr, /node_modules is a link to what holds no packages/);

  mkdirSync(path.join(theirs, "node/bin"), { recursive: true });
  for (const name of ["node", "node.exe"]) writeFileSync(path.join(theirs, "node/bin", name), "");
  const { status, stdout, stderr } = install();
  assert.deepEqual([status, stdout, stderr], [0, "", ""]);
  assert.deepEqual(readdirSync(theirs).sort(), ["a-package", "node"]);
  assert.ok(existsSync(path.join(ours, "node_modules/a-package")));
});
