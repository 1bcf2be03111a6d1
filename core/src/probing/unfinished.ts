import { type Refusal, type RunResult, refused } from "../cluster/cluster.ts";

/** Said by a program of ours that has heard nothing from us for a while. */
const nobodyListened = 75;
/** Said by it where no process of the container that it was to look into is there. */
const noProcess = 76;
/** 128 and SIGKILL: the kernel does that for want of memory. */
const killed = 137;

/** How the refusal of a program begins that has ended itself, because it heard nothing from us. */
export const silent = "the connection was silent";

/** Why the output of a program holds no record, or ends early; undefined if it can be read. */
export function whyUnfinished(result: RunResult, mark: string, program: string): Refusal | undefined {
  const { stdout, stderr, exitCode } = result;
  if (exitCode === nobodyListened)
    return refused("failed", `${silent} for so long that ${program} ended itself`).refusal;
  if (exitCode === noProcess)
    return refused("not-running", "no process of the container was found on its node").refusal;
  if (exitCode === killed)
    return refused("no-room", `${program} was killed, as the kernel does for want of memory`).refusal;
  if (/cannot fork|fork: |resource temporarily unavailable|cannot allocate memory/i.test(stderr))
    return refused("no-room", `${program} could not start a process: ${firstLine(stderr)}`).refusal;
  if (stdout.includes(mark)) return undefined;
  return refused("no-command", `${program} ended with ${exitCode}: ${firstLine(stderr)}`).refusal;
}

function firstLine(text: string): string {
  return (text.trim().split("\n")[0] ?? "").slice(0, 200);
}
