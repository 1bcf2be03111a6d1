import type { CniState } from "#core/summary/cni.ts";
import { Markdown, paragraphs } from "#core/text/markdown.ts";
import { l10n } from "../l10n.ts";
import { note, type Row, type Tone } from "./row.ts";

/** The network plugin and whether it is set up for IPv6. */
export function cniRow(id: string, { name, daemonSet, ipv6, why, source }: CniState): Row {
  const words = { on: l10n`IPv6 on`, off: l10n`IPv6 off`, unknown: l10n`IPv6 not known` }[ipv6];
  const link = source === undefined ? [] : [new Markdown(`[Documentation](${source})`)];
  const tone: { tone?: Tone } = ipv6 === "off" ? { tone: "warning" } : {};
  return {
    id: `${id}/cni`,
    label: `CNI: ${name ?? l10n`not recognised`}`,
    description: words,
    icon: "plug",
    ...tone,
    tooltip: paragraphs([...[daemonSet, ...why].filter((line) => line !== ""), ...link]),
    children: () => why.map((line) => note(`${id}/cni/${line}`, line, { icon: "info", tooltip: line })),
  };
}
