import assert from "node:assert/strict";
import { test } from "node:test";
import { exitCodeIn, saysNoProgram } from "#cluster/exec-status.ts";

function failure(message: string): string {
  return JSON.stringify({ metadata: {}, status: "Failure", reason: "InternalError", message, code: 500 });
}

function reasonFor(frame: string): string {
  const answer = exitCodeIn(frame, "run it", "it");
  return answer.ok ? `exit ${answer.value}` : answer.refusal.reason;
}

/** Wordings that no recording has: crun's, and what is easily mistaken for a missing program. */
const wordings: readonly (readonly [message: string, reason: string])[] = [
  ["exec failed: executable file `it` not found in $PATH: No such file or directory", "no-command"],
  ["exec failed: open executable: Permission denied: OCI permission denied", "no-command"],
  [
    'unable to start container process: chdir to cwd ("/app") set in config.json failed: no such file or directory',
    "failed",
  ],
  ["cannot exec in a stopped container", "not-running"],
  ["container 0123abcd is not running", "not-running"],
];
for (const [message, reason] of wordings) {
  test(`a program that never ran: ${message}`, () => assert.equal(reasonFor(failure(message)), reason));
}

test("a frame that says nothing, or something odd, is a failure and not an exit code", () => {
  for (const frame of ["", "command terminated", "[]", '{"status":"Failure","reason":"NonZeroExitCode"}']) {
    assert.equal(reasonFor(frame), "failed", frame);
  }
});

test("a runtime that speaks in the program's place is understood", () => {
  const words =
    'OCI runtime exec failed: exec failed: unable to start container process: exec: "it": executable file not found in $PATH: unknown\r\n';
  assert.equal(saysNoProgram(126, words), true);
  assert.equal(saysNoProgram(0, words), false);
  assert.equal(saysNoProgram(127, "sh: it: not found"), false);
});
