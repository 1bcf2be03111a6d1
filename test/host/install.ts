import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

const ROOT = path.resolve(import.meta.dirname, "../..");
const HOST = path.join(ROOT, ".host");
const PACKAGES = path.join(import.meta.dirname, "packages");
const STAMP = path.join(HOST, "installed");

/** Exit code of "this machine cannot run a VS Code": callers skip, and say so. */
export const UNAVAILABLE = 69;

/** The folder of VS Code's own server and web workbench, as the npm package `code-server` ships them. */
export const VSCODE = path.join(HOST, "node_modules/code-server/lib/vscode");

/** A reason why the stand-in for VS Code cannot be had on this machine, as a sentence with what to do. */
export class HostUnavailable extends Error {}

/**
 * Puts VS Code's server, its web workbench and a Chromium on this machine, if they are not there yet.
 *
 * Native modules are left as they come: the terminal, the file watcher and ripgrep are prebuilt, and the two that
 * would need a compiler (a logger, a watchdog) are only missed with a line in the log.
 *
 * @param options without `browser` only the server, for a person who brings a browser
 * @throws {HostUnavailable} no Chromium and no way to install one, or npm could not install.
 */
export function installHost({ browser = true } = {}): void {
  if (process.platform === "win32") {
    throw new HostUnavailable(
      "The stand-in for VS Code runs on Linux and macOS; set VSCODE_EXECUTABLE to a VS Code instead.",
    );
  }
  installPackages();
  if (browser && chromium() === undefined) installChromium();
}

/** The path of a Chromium-like browser, or undefined. `CHROMIUM` in the environment goes first. */
export function chromium(): string | undefined {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const candidates = names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [process.env.CHROMIUM ?? "", ...candidates].find((file) => file !== "" && existsSync(file));
}

function installPackages(): void {
  const want = fingerprint();
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === want) return;
  console.log("Installing VS Code's server and web workbench into .host (about 20 s) ...");
  mkdirSync(HOST, { recursive: true });
  for (const file of ["package.json", "package-lock.json"])
    copyFileSync(path.join(PACKAGES, file), path.join(HOST, file));
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  run("npm", ["ci", ...quiet], HOST);
  // `npm ci` refuses VS Code's own npm-shrinkwrap.json as out of sync; `npm install` follows it.
  run("npm", ["install", "--omit=dev", ...quiet], VSCODE);
  // Never loaded by these tests, and 260 MB: the built-in AI extension and the packages only it needs.
  for (const unused of ["extensions/copilot", "node_modules/@github", "node_modules/@microsoft/mxc-sdk"]) {
    rmSync(path.join(VSCODE, unused), { recursive: true, force: true });
  }
  writeFileSync(STAMP, want);
}

function fingerprint(): string {
  const hash = createHash("sha256");
  for (const file of ["packages/package.json", "packages/package-lock.json", "install.ts"]) {
    hash.update(readFileSync(path.join(import.meta.dirname, file)));
  }
  return hash.digest("hex");
}

function installChromium(): void {
  const advice = "Install a Chromium, or set CHROMIUM to the path of one.";
  if (process.getuid?.() !== 0 || spawnSync("apt-get", ["--version"]).error !== undefined) {
    throw new HostUnavailable(`There is no Chromium on this machine, and installing one needs root and apt. ${advice}`);
  }
  console.log("Installing Debian's chromium (about 25 s) ...");
  const wait = ["-o", "DPkg::Lock::Timeout=300"];
  const packages = ["chromium", "fonts-dejavu-core"];
  const install = [...wait, "install", "-y", "-qq", "--no-install-recommends", ...packages];
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  if (spawnSync("apt-get", install, { env }).status !== 0) {
    spawnSync("apt-get", [...wait, "update", "-qq"], { stdio: "inherit", env });
    const again = spawnSync("apt-get", install, { stdio: ["ignore", "ignore", "inherit"], env });
    if (again.status !== 0) throw new HostUnavailable(`apt-get could not install chromium. ${advice}`);
  }
  // On Ubuntu the package only points to a snap, which is not there in a container.
  if (chromium() === undefined) throw new HostUnavailable(`apt's chromium package brought no chromium. ${advice}`);
}

function run(command: string, args: string[], cwd: string): void {
  const { status, error } = spawnSync(command, args, { cwd, stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) {
    const reason = error?.message ?? `exit code ${status}`;
    throw new HostUnavailable(`VS Code's server could not be installed: ${command} ${args[0]} in ${cwd}: ${reason}`);
  }
}

if (import.meta.main) {
  try {
    installHost();
    console.log(`VS Code's server is in ${path.relative(process.cwd(), VSCODE)}, the browser is ${chromium()}`);
  } catch (error) {
    if (!(error instanceof HostUnavailable)) throw error;
    console.error(`SKIPPED: ${error.message}`);
    process.exitCode = UNAVAILABLE;
  }
}
