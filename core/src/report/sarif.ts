import type { NamedRule, Severity } from "../lint/rule.ts";
import { printableJson } from "../text/printable.ts";
import type { FileFinding } from "./lint.ts";
import { sentenceOf, type Unjudged } from "./unjudged.ts";

const levels: Record<Severity, string> = { error: "error", warning: "warning", information: "note" };

/** SARIF 2.1.0, {@link https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html}. Columns count UTF-16 units. */
export function lintToSarif(
  findings: readonly FileFinding[],
  rules: readonly NamedRule[],
  version: string,
  { unjudged, exitCode }: { readonly unjudged: readonly Unjudged[]; readonly exitCode: number },
): string {
  const used = rules.filter(({ id }) => findings.some(({ rule }) => rule === id));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "kube-ipv6",
            version,
            informationUri: "https://github.com/kube-ipv6/kube-ipv6",
            rules: used.map(({ id, rule }) => ({
              id,
              shortDescription: { text: rule.summary },
              fullDescription: { text: rule.why, markdown: rule.why },
              helpUri: `https://github.com/kube-ipv6/kube-ipv6/blob/main/docs/rules/${id}.md`,
              defaultConfiguration: { level: levels[rule.severity] },
              properties: { codes: rule.codes ?? [], source: rule.source },
            })),
          },
        },
        invocations: [
          {
            // "true" only if the tool has looked at all that it was given.
            executionSuccessful: unjudged.length === 0,
            exitCode,
            toolExecutionNotifications: unjudged.filter(({ file }) => file !== undefined).map(notification),
            toolConfigurationNotifications: unjudged.filter(({ file }) => file === undefined).map(notification),
          },
        ],
        columnKind: "utf16CodeUnits",
        results: findings.map((finding) => result(finding, used)),
      },
    ],
  };
  return `${printableJson(JSON.stringify(log, undefined, 2))}\n`;
}

function notification(unjudged: Unjudged) {
  const { file, line } = unjudged;
  const region = line === undefined ? {} : { region: { startLine: line + 1 } };
  const locations = file === undefined ? [] : [{ physicalLocation: { artifactLocation: artifact(file), ...region } }];
  return { level: "error", message: { text: sentenceOf(unjudged) }, ...(file === undefined ? {} : { locations }) };
}

function artifact(file: string) {
  return { uri: encodeURI(file.replaceAll("\\", "/")) };
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
