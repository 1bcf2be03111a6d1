import type { FamilyState } from "#core/summary/families.ts";
import { dualStackSource, type Summary } from "#core/summary/summary.ts";
import { Markdown, markdown, paragraphs } from "#core/text/markdown.ts";
import { l10n } from "../l10n.ts";
import { note, type Row } from "./row.ts";

/** Which families the cluster serves, and below it why. */
export function familiesRow(id: string, summary: Summary): Row {
  const { label, mixed, services, pods, nodes } = summary;
  return {
    id: `${id}/families`,
    label: l10n`Families`,
    description: label,
    icon: "globe",
    ...(mixed ? { tone: "warning" as const } : {}),
    tooltip: paragraphs([
      markdown`**${label}**`,
      markdown`- ${services.why}\n- ${pods.why}\n- ${nodes.why}`,
      new Markdown(`[Dual-stack](${dualStackSource})`),
    ]),
    expanded: mixed,
    children: () => [
      part(`${id}/families`, l10n`Services`, services),
      part(`${id}/families`, l10n`Pods`, pods),
      part(`${id}/families`, l10n`Nodes`, nodes),
    ],
  };
}

function part(id: string, label: string, { families, why, complete }: FamilyState): Row {
  const known = families.length === 0 ? l10n`not known` : families.join(", ");
  const more = complete || families.length === 0 ? "" : l10n`, perhaps more`;
  return note(`${id}/${label}`, label, { description: `${known}${more}: ${why}`, icon: "info", tooltip: why });
}
