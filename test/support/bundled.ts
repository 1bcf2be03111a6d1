import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../../", import.meta.url));

/** The path of a file in dist/, which is made first if nobody has. */
export function bundled(name: string): string {
  if (!existsSync(`${root}dist/${name}`))
    spawnSync(process.execPath, ["scripts/build.mjs"], { cwd: root, stdio: "inherit" });
  return `${root}dist/${name}`;
}
