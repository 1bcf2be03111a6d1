import type { Checked } from "./checked-document.ts";
import type { Directives } from "./directives.ts";
import type { Finding, Severity } from "./rule.ts";

export type Severities = Readonly<Record<string, Severity | "off">>;

/**
 * The findings of a file without those that comments turn off, at the severities that settings give them. What was said of
 * a document stays the same object while nothing about it changes, so that nobody has to look at it twice.
 */
export class Graded {
  #known: WeakMap<Checked, Checked> | undefined;
  #severities: Severities | undefined;
  #wholeFile = "";

  of(all: readonly Checked[], said: Directives, severities: Severities): readonly Checked[] {
    if (!said.any && Object.keys(severities).length === 0) return all;
    return all.map((checked, document) => this.one(checked, document, said, severities));
  }

  one(checked: Checked, document: number, said: Directives, severities: Severities): Checked {
    if (checked.findings.length === 0 || (!said.any && Object.keys(severities).length === 0)) return checked;
    if (this.#severities !== severities || this.#wholeFile !== said.wholeFile) this.#known = undefined;
    this.#known ??= new WeakMap();
    this.#severities = severities;
    this.#wholeFile = said.wholeFile;
    let graded = this.#known.get(checked);
    if (!graded) {
      const kept = checked.findings.flatMap((finding) =>
        said.disables(document, finding)
          ? []
          : without(finding, (start) => said.disables(document, { ...finding, start })),
      );
      graded = { ...checked, findings: kept.flatMap((finding) => regraded(finding, severities)) };
      this.#known.set(checked, graded);
    }
    return graded;
  }
}

/** A fix that writes into a line, too, in which its rule is turned off is none. */
function without(finding: Finding, isOff: (start: number) => boolean): Finding {
  const fixes = finding.fixes.filter(({ edits }) => !edits.some(({ start }) => isOff(start)));
  return fixes.length === finding.fixes.length ? finding : { ...finding, fixes };
}

function regraded(finding: Finding, severities: Severities): Finding[] {
  const severity = [finding.rule, ...finding.codes].map((key) => severities[key]).find((found) => found !== undefined);
  if (severity === undefined) return [finding];
  return severity === "off" ? [] : [{ ...finding, severity }];
}
