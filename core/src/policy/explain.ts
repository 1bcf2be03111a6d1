import type { Family } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { escapedMarkdown } from "../text/markdown.ts";
import { printableIn } from "../text/printable.ts";
import type { Decision, DirectionRuling } from "./decide.ts";
import { families, type Ruling } from "./model.ts";
import { endpointText } from "./peers.ts";
import { refText } from "./ref.ts";
import { type PolicySummary, summarizePolicies } from "./summarize.ts";

/** A decision as lines for a terminal: the ruling first, then what each direction says, the rule that decided, and doubts. */
export function explainDecision(decision: Decision): string {
  const { flow, ruling, egress, ingress } = printableIn(decision);
  const traffic = flow.port === undefined ? flow.protocol : `${flow.protocol} ${flow.port}`;
  const title = `${flow.family} ${traffic} from ${endpointText(flow.from)} to ${endpointText(flow.to)}: ${ruling}`;
  return [title, ...directionLines("egress", egress), ...directionLines("ingress", ingress)].join("\n");
}

/** What one policy allows, as a Markdown table: a row for each direction and for DNS, a column for each family. */
export function policyHover(policy: KubeObject): string {
  const summary = summarizePolicies([policy]);
  const rows = [
    row("Ingress", (family) => summary.ingress[family].text),
    row("Egress", (family) => summary.egress[family].text),
    row("DNS (UDP 53)", (family) => dnsText[summary.dns[family]]),
  ];
  const table = ["| | IPv4 | IPv6 |", "|:---|:---|:---|", ...rows].join("\n");
  return [table, ...notes(summary)].join("\n\n");
}

function directionLines(direction: string, { ruling, why, decidedBy, isolatedBy, caveat }: DirectionRuling): string[] {
  const decider = decidedBy ? refText(decidedBy.policy) : undefined;
  const others = isolatedBy.map(refText).filter((text) => text !== decider);
  return [
    `  ${direction.padEnd(8)}${ruling}`,
    `    ${why}`,
    ...(decidedBy ? [`    decided by ${decider}: ${decidedBy.path}`] : []),
    ...(others.length > 0 ? [`    also limited by ${others.join(", ")}`] : []),
    ...(caveat === undefined ? [] : [`    note: ${caveat}`]),
  ];
}

function row(title: string, cell: (family: Family) => string): string {
  return `| **${title}** | ${families.map((family) => escapedMarkdown(cell(family))).join(" | ")} |`;
}

const dnsText: Readonly<Record<Ruling, string>> = {
  allowed: "answers",
  denied: "is not reached",
  unknown: "not known: depends on addresses or labels that the policy alone does not tell",
};

function notes({ ingress, egress, asymmetric }: PolicySummary): string[] {
  const limited = ingress.IPv4.limited || egress.IPv4.limited;
  return [
    ...(limited
      ? ["A pod is isolated for both families at once: what no rule names is denied, in IPv4 and in IPv6."]
      : []),
    ...(asymmetric ? ["**IPv4 and IPv6 are not treated alike.**"] : []),
  ];
}
