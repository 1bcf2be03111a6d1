import type { ParityFinding } from "./parity.ts";
import { type SarifRun, sarifLog } from "./sarif-log.ts";

const help = "https://github.com/kube-ipv6/kube-ipv6/blob/main/docs/parity.md";
const rules = [
  { id: "ipv6-open", text: "IPv6 is let through where IPv4 is not", level: "error" },
  { id: "ipv4-open", text: "IPv4 is let through where IPv6 is not", level: "warning" },
] as const;

/** SARIF 2.1.0; what is intended is a suppressed result. What came from a cluster has a logical location alone. */
export function parityToSarif(findings: readonly ParityFinding[], version: string, run: SarifRun): string {
  const described = rules.map(({ id, text, level }) => ({
    id,
    shortDescription: { text },
    helpUri: help,
    defaultConfiguration: { level },
  }));
  return sarifLog(described, findings.map(result), version, run);
}

function result(finding: ParityFinding) {
  const { open, direction, workloads, peers, traffic, rule, witness, edit, file, line, intended } = finding;
  const index = open === "IPv6" ? 0 : 1;
  const other = open === "IPv6" ? "IPv4" : "IPv6";
  const way = direction === "egress" ? "to" : "from";
  const text = [
    `${open} is let through and ${other} is not: ${direction} of ${workloads.join(", ")} ${way} ${peers.join(", ")} (${traffic}).`,
    `${rule.path} (${rule.text}) meets ${rule.meets} alone.`,
    `For example ${witness.traffic} of ${witness.pod} ${way} ${witness[open].peer}, and not ${way} ${witness[other].peer}.`,
    ...(edit ? [`Edit: ${edit.says}.`] : []),
  ].join(" ");
  const physical =
    file === undefined
      ? {}
      : {
          physicalLocation: {
            artifactLocation: { uri: encodeURI(file.replaceAll("\\", "/")) },
            region: { startLine: (line ?? 0) + 1 },
          },
        };
  const name = `${rule.policy.replace(" ", "/")}/${rule.path}`;
  return {
    ruleId: rules[index].id,
    ruleIndex: index,
    level: rules[index].level,
    message: { text },
    locations: [{ ...physical, logicalLocations: [{ fullyQualifiedName: name, kind: "member" }] }],
    partialFingerprints: { "kube-ipv6/v1": `${name}/${direction}/${rules[index].id}` },
    ...(intended === undefined ? {} : { suppressions: [{ kind: "external", justification: intended }] }),
  };
}
