import { printableJson } from "../text/printable.ts";

/** What was given and not judged, or not as a whole: whoever counts findings has to know that there may be more. */
export interface Unjudged {
  /** Absent where it is no file that could not be judged. */
  readonly file?: string;
  /** Counted from 0. */
  readonly line?: number;
  /** What happened and why, to be read behind the file's name. */
  readonly message: string;
}

/** For people, in one line. */
export function sentenceOf({ file, line, message }: Unjudged): string {
  if (file === undefined) return message;
  return line === undefined ? `${file} ${message}` : `${file}:${line + 1} ${message}`;
}

/** Everything that a run has to say in one object: what programs that count on an array of findings cannot be told. */
export function lintReport(
  files: readonly string[],
  findings: readonly object[],
  unjudged: readonly Unjudged[],
  exitCode: number,
): string {
  return printableJson(`${JSON.stringify({ version: 1, exitCode, files, findings, unjudged }, undefined, 2)}\n`);
}

/**
 * Broken YAML is for other tools to mend; here it says why little or nothing is said. `message`: that of a problem of a document, whose text
 * is given;
 * a template may be none yet, and is not broken for that.
 */
export function readInPart(message: string, text: string): string {
  if (message.includes("no key but text")) return `was read in part only: ${message}`;
  if (message.includes("left out")) return `was not looked at: ${message}`;
  const why = /\{\{|\$\{/.test(text) ? "since it is no YAML before it is filled in" : "since the YAML is broken";
  return `was read in part only, ${why}: ${message}`;
}
