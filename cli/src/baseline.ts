import { beyondBaseline, toBaseline } from "#core/report/baseline.ts";
import type { FileFinding } from "#core/report/lint.ts";
import type { Unjudged } from "#core/report/unjudged.ts";
import { writeText } from "#files/replace.ts";
import { UsageError } from "./command.ts";
import { readNamedText } from "./files.ts";

/** Takes the findings away that a baseline knows; the file is read at once, so that what is wrong with it is known before all else. */
export function beyondKnown(path: string | undefined): (findings: readonly FileFinding[]) => readonly FileFinding[] {
  if (path === undefined) return (findings) => findings;
  const result = readNamedText(path);
  if ("why" in result) throw new UsageError(`--baseline ${path}: ${result.why}`);
  if (!beyondBaseline([], result.text))
    throw new UsageError(`--baseline ${path}: this is no baseline; --write-baseline writes one`);
  return (findings) => beyondBaseline(findings, result.text) ?? findings;
}

/** Says why if it could not be written. */
export function writeBaseline(path: string | undefined, findings: readonly FileFinding[]): readonly Unjudged[] {
  const why = path === undefined ? undefined : writeText(path, toBaseline(findings));
  return why === undefined ? [] : [{ message: `--write-baseline ${path}: ${why}` }];
}
