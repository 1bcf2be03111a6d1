import { spawn } from "node:child_process";
import type { TestContext } from "node:test";
import { UNAVAILABLE } from "#test/host/install.ts";

/**
 * Runs a program of this folder as a test: what it prints is shown, exit code 0 is a pass, and the one for "this machine
 * cannot" is a skip that says why. A run through the interface of a busy machine may lose a keystroke to the window's
 * focus, so that `attempts` may be more than one: every failed attempt is shown, the end says how many there were, and more
 * than one is a failure even if the last one passed.
 */
export async function passes(context: TestContext, file: string, attempts = 1): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const { code, complaints } = await run(file);
    if (code === 0) {
      context.diagnostic(`${file} was repeated ${attempt - 1} times`);
      if (attempt > 2) throw new Error(`${file} passed only in attempt ${attempt}: something in it is left to chance`);
      return;
    }
    if (code === UNAVAILABLE) {
      context.skip(complaints.trim());
      return;
    }
    if (attempt === attempts) throw new Error(`${file} ended with ${code}`);
    context.diagnostic(`${file} ended with ${code} in attempt ${attempt} of ${attempts}`);
  }
}

async function run(file: string): Promise<{ readonly code: number | null; readonly complaints: string }> {
  const child = spawn(process.execPath, [`${import.meta.dirname}/${file}`], { stdio: ["ignore", "inherit", "pipe"] });
  let complaints = "";
  child.stderr.on("data", (chunk: Buffer) => {
    complaints += chunk;
    process.stderr.write(chunk);
  });
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, complaints };
}
