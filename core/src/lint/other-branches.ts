import { aloneAt, isConditional } from "../manifest/branches.ts";
import type { Finding } from "./rule.ts";

/** In a template of more branches the rest is not looked at: nothing in them is mended unasked. */
const most = 8;

/**
 * What rests on a line of another branch of a template holds only if both conditions do, which nobody knows here: nothing is mended
 * for it unasked, and between two branches it is no error. `said`: the keys of what is said of a text.
 */
export function withoutOtherBranches(
  text: string,
  findings: readonly Finding[],
  said: (text: string) => ReadonlySet<string>,
  keyOf: (finding: Finding) => string,
): readonly Finding[] {
  const known = new Map<string, ReadonlySet<string>>();
  const holdsAlone = (finding: Finding) => {
    const alone = aloneAt(text, finding.start);
    if (alone === text) return true;
    if (!known.has(alone)) {
      if (known.size === most) return false;
      known.set(alone, said(alone));
    }
    return known.get(alone)?.has(keyOf(finding)) === true;
  };
  return findings.map((finding) => {
    if (finding.severity === "information" && finding.fixes.length === 0) return finding;
    if (holdsAlone(finding)) return finding;
    const fixes = finding.fixes.map((fix) => ({ ...fix, kind: "decision" as const }));
    if (!isConditional(text, finding.start)) return { ...finding, fixes };
    const message = `${finding.message}, if both conditions of the template hold`;
    return { ...finding, fixes, severity: "information" as const, message };
  });
}
