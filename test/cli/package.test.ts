import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { operations } from "#cli/operations.ts";
import { bundled, root } from "../support/bundled.ts";
import { folder } from "./cli.ts";

test("what npm packs, as pre-commit installs it, runs by itself and asks for nothing else", (t) => {
  const cwd = folder(t, {
    "web.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ipFamilies: [IPv5]}\n",
    "broken.yaml": "apiVersion: v1\nkind: Service\nspec:\n  ipFamilies: [IPv5]\n  ports: [\n",
  });
  const packed = run("npm", ["pack", "--ignore-scripts", "--pack-destination", cwd, root], cwd);
  assert.equal(run("tar", ["xf", packed.out.trim().split("\n").at(-1) ?? ""], cwd).code, 0);
  const { code, out } = run(process.execPath, ["package/dist/cli.cjs", "lint", "web.yaml"], cwd);
  assert.match(out, /web\.yaml:4:\d+ error/);
  assert.equal(code, 1);
  // What is wanted seldom is loaded when it is wanted.
  const broken = run(process.execPath, ["package/dist/cli.cjs", "lint", "broken.yaml"], cwd);
  assert.match(broken.out, /broken\.yaml:4:\d+ error/);
  assert.equal(broken.code, 3);
  for (const { name } of operations)
    assert.equal(run(process.execPath, ["package/dist/cli.cjs", name, "--help"], cwd).code, 0, name);
  const packaged = (...args: string[]) => run(process.execPath, ["package/dist/cli.cjs", ...args], cwd);
  assert.match(packaged("diagnose", "--demo").out, /proven {2}IPv6 forwarding is off/);
  assert.match(packaged("explain", "forwarding-off").out, /^# forwarding-off\n/);
  const hello =
    '{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"diagnose","arguments":{"demo":true}}}\n';
  const { stdout } = spawnSync(process.execPath, ["package/dist/cli.cjs", "mcp"], {
    cwd,
    input: hello,
    encoding: "utf8",
  });
  assert.match(stdout, /proven cause forwarding-off/);
  assert.ok(existsSync(join(cwd, "package/skills/kube-ipv6/SKILL.md")));
  const report = run(process.execPath, ["package/dist/cli.cjs", "diagnose", "--demo", "--format", "html"], cwd);
  assert.match(report.out, /^<!DOCTYPE html>[\s\S]*Root cause: IPv6 forwarding is off/);
  assert.ok(existsSync(join(cwd, "package/dist/THIRD-PARTY-NOTICES.txt")));
  assert.ok(existsSync(join(cwd, "package/dist/sbom.cdx.json")));
});

test("what is shipped names every package in it with its licence, and holds nothing that it does not use", () => {
  bundled("sbom.cdx.json");
  const { components } = JSON.parse(readFileSync(join(root, "dist/sbom.cdx.json"), "utf8")) as {
    components: { group?: string; name: string; version: string; hashes: unknown[]; properties: { value: string }[] }[];
  };
  const notices = readFileSync(join(root, "dist/THIRD-PARTY-NOTICES.txt"), "utf8");
  const names = components.map(({ group, name }) => (group ? `${group}/${name}` : name));
  for (const name of ["@kubernetes/client-node", "js-yaml", "yaml", "ip-address", "ws", "vscode-languageclient"])
    assert.ok(names.includes(name), name);
  for (const name of ["undici", "openid-client", "oauth4webapi", "jose", "jsonpath-plus"])
    assert.ok(!names.includes(name), name);
  for (const [index, { version, hashes, properties }] of components.entries()) {
    assert.ok(notices.includes(`\n${names[index]} ${version} (`), names[index]);
    assert.equal(hashes.length, 1, names[index]);
    for (const { value } of properties) assert.ok(existsSync(join(root, value)), value);
  }
  assert.match(notices, /Apache License\s+Version 2\.0/);
  assert.match(notices, /Permission is hereby granted, free of charge/);
});

function run(
  program: string,
  args: readonly string[],
  cwd: string,
): { readonly code: number | null; readonly out: string } {
  const { status, stdout, error } = spawnSync(program, args, { cwd, encoding: "utf8" });
  if (error) throw error;
  return { code: status, out: stdout };
}
