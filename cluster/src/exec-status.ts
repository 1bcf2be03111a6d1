import { type Answer, answered, refused } from "#core/cluster/cluster.ts";
import { parsedJson } from "./list.ts";
import { isMapping } from "./mapping.ts";
import { sentence } from "./status-refusal.ts";

/**
 * What the last frame of an exec says: the exit code, or why the program never ran. A program that is not there has no
 * exit code; runtimes say so in words only, and some in the program's place.
 */
export function exitCodeIn(frame: string, what: string, program: string): Answer<number> {
  const status = parsedJson(frame);
  if (!status) return refused("failed", sentence(what, frame || "the server did not say how it ended"));
  if (status.status === "Success") return answered(0);
  const code = exitCause(status);
  if (code !== undefined) return answered(code);
  const words = typeof status.message === "string" ? status.message : frame;
  return neverRan(words, what, program);
}

/** runc names the program in quotes and after `exec:`, crun in backticks; a missing working directory is neither. */
const noProgram =
  /executable file .*not found|exec: "[^"]*": (stat .*: no such file or directory|permission denied)|open executable: permission denied/i;

/** How dockershim's successor says it: as output of a program that did not run, with exit code 126 or 127. */
export function saysNoProgram(exitCode: number, stdout: string): boolean {
  return (
    (exitCode === 126 || exitCode === 127) && stdout.startsWith("OCI runtime exec failed") && noProgram.test(stdout)
  );
}

export function noSuchProgram(what: string, program: string) {
  return refused("no-command", sentence(what, `the container has no program ${program} that can be run`));
}

function neverRan(words: string, what: string, program: string): Answer<number> {
  if (noProgram.test(words)) return noSuchProgram(what, program);
  const tail = words.replace(/^(Internal error occurred: )+/, "");
  if (/container .*(not running|not found|is in \w+ state)|cannot exec in a stopped/i.test(words)) {
    return refused("not-running", sentence(what, tail), "Wait until the container runs.");
  }
  return refused("failed", sentence(what, tail));
}

function exitCause({ reason, details }: Readonly<Record<string, unknown>>): number | undefined {
  if (reason !== "NonZeroExitCode" || !isMapping(details) || !Array.isArray(details.causes)) return undefined;
  const cause = details.causes.filter(isMapping).find((one) => one.reason === "ExitCode");
  const code = Number(cause?.message);
  return cause !== undefined && Number.isInteger(code) ? code : undefined;
}
