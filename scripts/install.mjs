// Installs what a fresh machine lacks: the npm packages, among them the Node.js that everything else runs on, and the
// Debian packages of the lab. Runs on any Node.js from 20, with nothing installed.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, lstatSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "..");
const modules = path.join(root, "node_modules");
const stamp = path.join(modules, ".kube-ipv6-installed");

/** npm packages, unless they are there as package-lock.json says. Ends the process if npm cannot install them. */
export function installPackages() {
  const want = createHash("sha256")
    .update(readFileSync(path.join(root, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === want && existsSync(node)) return;
  // npm would empty the folder that a link leads to, which is another checkout's.
  if (lstatSync(modules, { throwIfNoEntry: false })?.isSymbolicLink()) {
    if (existsSync(node)) return;
    console.error("node_modules is a link to what holds no packages: nothing is installed through it.");
    process.exit(1);
  }
  console.log("Installing npm packages ...");
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  if (status !== 0) {
    console.error("npm ci failed: see above. It needs the npm registry.");
    process.exit(1);
  }
  mkdirSync(path.dirname(stamp), { recursive: true });
  writeFileSync(stamp, want);
}

const node = path.join(modules, "node/bin", process.platform === "win32" ? "node.exe" : "node");

/** What a program of the npm packages is started with; npm's own starters of Windows cannot be started without a shell. */
function started(name) {
  if (name === "node") return [node];
  const packages = { tsc: "typescript/bin/tsc", biome: "@biomejs/biome/bin/biome" };
  return [node, path.join(modules, packages[name])];
}

/** The environment in which `node` is the one among the npm packages. */
export function environment(extra = {}) {
  return { ...process.env, PATH: `${path.dirname(node)}${path.delimiter}${process.env.PATH ?? ""}`, ...extra };
}

/** Runs `node`, `tsc` or `biome` of the npm packages to its end; its exit code. */
export function run(name, args, extra = {}) {
  const [program, ...first] = started(name);
  const { status, signal } = spawnSync(program, [...first, ...args], {
    cwd: root,
    stdio: "inherit",
    env: environment(extra),
  });
  return signal ? 1 : (status ?? 1);
}
