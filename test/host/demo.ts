/** Opens the packaged extension in VS Code's web workbench on loopback, with examples/, until Ctrl+C. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { workbenchUrl } from "./browser.ts";
import { installHost } from "./install.ts";
import { SERVER_MAIN, startServer } from "./server.ts";

const root = join(import.meta.dirname, "../..");
installHost({ browser: false });
const folder = mkdtempSync(join(tmpdir(), "kube-ipv6-demo-"));
const extensions = join(folder, "extensions");
const examples = join(folder, "examples");
mkdirSync(extensions);
cpSync(join(root, "examples"), examples, { recursive: true });
step(join(root, "node_modules/.bin/vsce"), ["package", "--no-dependencies", "--out", join(folder, "kube-ipv6.vsix")]);
step(process.execPath, [
  SERVER_MAIN,
  "--install-extension",
  join(folder, "kube-ipv6.vsix"),
  "--extensions-dir",
  extensions,
  "--server-data-dir",
  join(folder, "data"),
]);
const server = await startServer({ extensionsDir: extensions, userDataDir: join(folder, "user") });
console.log(`\nOpen ${workbenchUrl(server.port, { folder: examples })}`);
console.log('Look at web.yaml, then run "IPv6: Open Demo Cluster" from the command palette. Ctrl+C ends it.');
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => void server.stop());
await server.ended;
rmSync(folder, { recursive: true, force: true });

function step(program: string, args: string[]): void {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd: root, encoding: "utf8" });
  if (status === 0) return;
  console.error(`${program} ${args[0]} failed:\n${stdout}${stderr}`);
  process.exit(1);
}
