import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { test } from "node:test";
import { folder } from "../cli/cli.ts";
import { bundled, root } from "../support/bundled.ts";

/** The files that a line such as `!dist/{a,b}.cjs` of .vscodeignore lets in. */
const shipped = readFileSync(join(root, ".vscodeignore"), "utf8")
  .split("\n")
  .flatMap((line) => /^!dist\/\{([^}]+)\}\.cjs$/.exec(line)?.[1]?.split(",") ?? [])
  .map((name) => `${name}.cjs`);

test("the extension ships each bundle that one of its own loads", () => {
  assert.ok(shipped.includes("extension.cjs") && shipped.includes("mcp.cjs"));
  for (const name of shipped) {
    const text = readFileSync(bundled(name), "utf8");
    // Of the command line it has what serves agents alone.
    for (const [, other = ""] of text.matchAll(/require\("\.\/([\w-]+\.cjs)"\)/g))
      if (name !== "cli-main.cjs") assert.ok(shipped.includes(other), `${name} loads ${other}`);
  }
});

test("what it ships is enough to serve agents", (t) => {
  const home = folder(t, {});
  for (const name of shipped) cpSync(bundled(name), join(home, "dist", basename(name)), { recursive: true });
  cpSync(join(root, "demo"), join(home, "demo"), { recursive: true });
  cpSync(bundled("pages.json"), join(home, "dist/pages.json"));
  const call = (id: number, name: string, given: object) =>
    `${JSON.stringify({ jsonrpc: "2.0", id, method: "tools/call", params: { name, arguments: given } })}\n`;
  const { stdout } = spawnSync(process.execPath, [join(home, "dist/mcp.cjs")], {
    cwd: home,
    encoding: "utf8",
    input:
      call(1, "diagnose", { demo: true }) +
      call(2, "explain", { name: "host-bits" }) +
      call(3, "lint", { manifest: "a: [" }),
  });
  assert.match(stdout, /proven cause forwarding-off/);
  assert.match(stdout, /explained; rule host-bits/);
  assert.match(stdout, /kube-ipv6 lint: unknown/);
});

test("it stays small enough to be fetched in a moment", () => {
  const size = shipped.reduce((sum, name) => sum + statSync(bundled(name)).size, 0);
  const text = statSync(bundled("pages.json")).size;
  // Minified code shrinks to less than a third in a vsix, what is much alike to less than a quarter: 1.6 MB in all.
  assert.ok(size / 3 + text / 4 < 1_600_000, `${size} ${text}`);
});
