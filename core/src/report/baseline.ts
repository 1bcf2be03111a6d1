import type { FileFinding } from "./lint.ts";

/** Findings that were there before and are not held against anybody: file, object, path and rule, no line numbers. */
export function toBaseline(findings: readonly FileFinding[]): string {
  return `${JSON.stringify({ version: 1, findings: [...new Set(findings.map(identity))].sort() }, undefined, 2)}\n`;
}

/** The findings that a baseline does not know; undefined if its text is none. */
export function beyondBaseline(findings: readonly FileFinding[], baseline: string): readonly FileFinding[] | undefined {
  const known = parse(baseline);
  return known && findings.filter((finding) => !known.has(identity(finding)));
}

function identity({ file, kind, name, path, rule }: FileFinding): string {
  return [file, kind, name, path, rule].join(" | ");
}

function parse(text: string): ReadonlySet<unknown> | undefined {
  try {
    const { version, findings } = JSON.parse(text) as { version?: unknown; findings?: unknown };
    return version === 1 && Array.isArray(findings) ? new Set(findings) : undefined;
  } catch {
    return undefined;
  }
}
