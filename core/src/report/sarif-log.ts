import { printableJson } from "../text/printable.ts";
import { sentenceOf, type Unjudged } from "./unjudged.ts";

/** What a run came to beside its results. */
export interface SarifRun {
  readonly unjudged: readonly Unjudged[];
  readonly exitCode: number;
}

/** SARIF 2.1.0, {@link https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html}, of one run. Columns count UTF-16 units. */
export function sarifLog(
  rules: readonly object[],
  results: readonly object[],
  version: string,
  { unjudged, exitCode }: SarifRun,
): string {
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: { name: "kube-ipv6", version, informationUri: "https://github.com/kube-ipv6/kube-ipv6", rules },
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
        results,
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

export function artifact(file: string) {
  return { uri: encodeURI(file.replaceAll("\\", "/")) };
}
