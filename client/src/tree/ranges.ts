import type { FamilyState } from "#core/summary/families.ts";
import type { Summary } from "#core/summary/summary.ts";
import { l10n } from "../l10n.ts";
import { note, type Row } from "./row.ts";

/** The address ranges of Services and of pods. */
export function rangesRows(id: string, { services, pods }: Summary): readonly Row[] {
  return [
    rangeRow(`${id}/service-ranges`, l10n`Service ranges`, services),
    rangeRow(`${id}/pod-ranges`, l10n`Pod ranges`, pods),
  ];
}

function rangeRow(id: string, label: string, { ranges, why }: FamilyState): Row {
  if (ranges.length === 0)
    return note(id, label, { description: l10n`not known: ${why}`, icon: "question", tooltip: why });
  const sorted = prefixesFirst(ranges);
  return {
    id,
    label,
    description: sorted.slice(0, 4).join(", ") + (ranges.length > 4 ? l10n` and ${ranges.length - 4} more` : ""),
    icon: "symbol-number",
    tooltip: why,
    children: () => sorted.map((range) => note(`${id}/${range}`, range, { icon: "symbol-number", menu: "address" })),
  };
}

function prefixesFirst(ranges: readonly string[]): readonly string[] {
  return [...ranges.filter((range) => range.includes(":")), ...ranges.filter((range) => !range.includes(":"))];
}
