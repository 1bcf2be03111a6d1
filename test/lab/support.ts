import { type TestContext, test } from "node:test";
import { type Lab, startLab } from "./lab.ts";
import type { LabOptions } from "./options.ts";
import { whyNoLab } from "./requirements.ts";

/** Why lab tests are skipped on this machine, said aloud once; false where they run. */
export async function labSkip(): Promise<string | false> {
  const why = await whyNoLab();
  if (why === undefined) return false;
  console.error(`SKIPPED: lab tests: ${why}`);
  return why;
}

/**
 * Declares a test with a lab of its own, taken down whatever happens. The name tells it from labs beside it. It is noisy unless
 * the test says otherwise.
 */
export function labTest(
  title: string,
  options: Partial<LabOptions>,
  skip: string | false,
  body: (lab: Lab, t: TestContext) => Promise<void>,
): void {
  test(title, { skip, timeout: 600_000 }, async (t) => {
    const name = `t${process.pid}-${(count++).toString(36)}`;
    const lab = await startLab({ noise: true, ...options, name });
    // Not a `finally`: what an event throws, and the time running out, end the test while its body still waits.
    t.after(() => lab.stop());
    await body(lab, t);
  });
}

let count = 0;

/** Fetches over HTTP from inside a namespace and returns how many bytes came within `seconds`; -1 for no connection. */
export async function fetchFrom(lab: Lab, netns: string, url: string, seconds = 2): Promise<number> {
  const done = await lab.exec(netns, ["timeout", `${seconds}`, "busybox", "wget", "-q", "-O", "-", url]);
  return done.code === 0 || done.stdout !== "" ? done.stdout.length : -1;
}

/** Polls until a condition holds; throws, saying what it waited for, after `seconds`. */
export async function until(what: string, condition: () => Promise<boolean>, seconds = 10): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await condition())) if (Date.now() > deadline) throw new Error(`waited ${seconds} s for ${what}`);
}
