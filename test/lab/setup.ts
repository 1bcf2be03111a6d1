import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { missingPackages, whyNoLab } from "./requirements.ts";

/** The exit code of "cannot have a lab here", which callers take for a loud skip (automake's convention). */
const skipped = 77;

/** Installs the Debian packages a lab misses, then tries whether namespaces can be made. */
async function setUp(): Promise<number> {
  // With strace a test records what is connected to; a lab does without.
  const missing = [...missingPackages(), ...(existsSync("/usr/bin/strace") ? [] : ["strace"])];
  const apt = process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
  if (missing.length > 0 && apt) install(missing);
  const why = await whyNoLab();
  if (why === undefined) return 0;
  console.error(`lab tests cannot run on this machine: ${why}`);
  return skipped;
}

/** Tries with the package lists as they are first, since a fresh machine may have none and a used one need not wait. */
function install(packages: readonly string[]): void {
  console.error(`installing for the lab: ${packages.join(" ")}`);
  const apt = (...argv: string[]) =>
    spawnSync("apt-get", ["-o", "DPkg::Lock::Timeout=300", ...argv], {
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
    }).status === 0;
  const get = ["install", "-y", "-q", "--no-install-recommends", ...packages];
  if (!apt(...get) && apt("update", "-q")) apt(...get);
}

process.exitCode = await setUp();
