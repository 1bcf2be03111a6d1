import type { Severity } from "../lint/rule.ts";
import { printableJson } from "../text/printable.ts";
import type { FileFinding } from "./lint.ts";
import { sentenceOf, type Unjudged } from "./unjudged.ts";

/** {@link https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format} */
const grades: Record<Severity, string> = { error: "major", warning: "minor", information: "info" };

/** A Code Quality report of GitLab. What was not judged is in it as well: a merge request that shows nothing is taken for clean. */
export function lintToGitLab(findings: readonly FileFinding[], unjudged: readonly Unjudged[]): string {
  const seen = new Map<string, number>();
  /** Stays the same when lines above are added; of several that are alike each has its own, since GitLab shows one of each. */
  const fingerprint = (identity: string): string => {
    const count = seen.get(identity) ?? 0;
    seen.set(identity, count + 1);
    return hash(`${identity} | ${count}`);
  };
  const issues = [
    ...findings.map(({ file, kind, name, path, rule, severity, message, range: { start, end } }) => ({
      description: message,
      check_name: rule,
      fingerprint: fingerprint([file, kind, name, path, rule].join(" | ")),
      severity: grades[severity],
      location: { path: relative(file), lines: { begin: start.line + 1, end: end.line + 1 } },
    })),
    ...unjudged.map((each) => ({
      description: sentenceOf(each),
      check_name: "not-judged",
      fingerprint: fingerprint(`not-judged | ${sentenceOf(each)}`),
      severity: "critical",
      location: { path: relative(each.file ?? ".kube-ipv6.yaml"), lines: { begin: (each.line ?? 0) + 1 } },
    })),
  ];
  return `${printableJson(JSON.stringify(issues, undefined, 2))}\n`;
}

/** As GitLab names files: with slashes, from the top, without `./`. */
function relative(file: string): string {
  return file.replaceAll("\\", "/").replace(/^(?:\.\/)+/, "");
}

/** 64-bit FNV-1a, {@link https://www.rfc-editor.org/rfc/rfc9923}: it tells findings apart, nobody has to trust it. */
function hash(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (const character of text) {
    value ^= BigInt(character.codePointAt(0) ?? 0);
    value = (value * 0x100000001b3n) & 0xffffffffffffffffn;
  }
  return value.toString(16).padStart(16, "0");
}
