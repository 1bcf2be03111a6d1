import { spawn } from "node:child_process";
import type { TestContext } from "node:test";
import { UNAVAILABLE } from "#test/host/install.ts";

/**
 * Runs a program of this folder as a test: what it prints is shown, exit code 0 is a pass, and the one for "this machine
 * cannot" is a skip that says why.
 */
export async function passes(context: TestContext, file: string): Promise<void> {
  const child = spawn(process.execPath, [`${import.meta.dirname}/${file}`], { stdio: ["ignore", "inherit", "pipe"] });
  let complaints = "";
  child.stderr.on("data", (chunk: Buffer) => {
    complaints += chunk;
    process.stderr.write(chunk);
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  if (code === UNAVAILABLE) context.skip(complaints.trim());
  else if (code !== 0) throw new Error(`${file} ended with ${code}`);
}
