import type { NamedRule, Severity } from "../lint/rule.ts";
import type { FileFinding } from "./lint.ts";
import { artifact, type SarifRun, sarifLog } from "./sarif-log.ts";

const levels: Record<Severity, string> = { error: "error", warning: "warning", information: "note" };

/** Findings of the linter as SARIF; of the rules those that found something are described. */
export function lintToSarif(
  findings: readonly FileFinding[],
  rules: readonly NamedRule[],
  version: string,
  run: SarifRun,
): string {
  const used = rules.filter(({ id }) => findings.some(({ rule }) => rule === id));
  const described = used.map(({ id, rule }) => ({
    id,
    shortDescription: { text: rule.summary },
    fullDescription: { text: rule.why, markdown: rule.why },
    helpUri: `https://github.com/kube-ipv6/kube-ipv6/blob/main/docs/rules/${id}.md`,
    defaultConfiguration: { level: levels[rule.severity] },
    properties: { codes: rule.codes ?? [], source: rule.source },
  }));
  return sarifLog(
    described,
    findings.map((finding) => result(finding, used)),
    version,
    run,
  );
}

function result(
  { rule, severity, message, file, range: { start, end }, path, kind, name }: FileFinding,
  rules: readonly NamedRule[],
) {
  const region = {
    startLine: start.line + 1,
    startColumn: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
  const index = rules.findIndex(({ id }) => id === rule);
  return {
    ruleId: rule,
    ...(index < 0 ? {} : { ruleIndex: index }),
    level: levels[severity],
    message: { text: message },
    locations: [
      {
        physicalLocation: { artifactLocation: artifact(file), region },
        logicalLocations: [{ fullyQualifiedName: `${kind}/${name}/${path}`, kind: "member" }],
      },
    ],
    // Stays the same when lines above are added, so that a known finding stays known.
    partialFingerprints: { "kube-ipv6/v1": `${kind}/${name}/${path}/${rule}` },
  };
}
