import type { NodeComparison, NodeDifference } from "../nodes/compare.ts";
import { printableIn } from "../text/printable.ts";

/** The odd ones out first, then what merely differs. */
export function nodesToText(comparison: NodeComparison): string {
  const { nodes, differences } = printableIn(comparison);
  const parts = [true, false].map((odd) => differences.filter((one) => one.odd === odd).map(sentence));
  const [odd = [], plain = []] = parts;
  return `${[
    `${countOf(nodes, "node")}, held against each other by what the API says of them`,
    ...(odd.length > 0 ? ["odd ones out:", ...odd] : ["no odd one out"]),
    ...(plain.length > 0 ? ["different, and not only on a few:", ...plain] : []),
    ...(odd.length + plain.length > 0
      ? ["That nodes differ proves no cause; what works between them says --ring."]
      : []),
  ].join("\n")}\n`;
}

function sentence({ what, among, nodes, most, others }: NodeDifference): string {
  const whom = among === "" ? countOf(nodes, "node") : `${count(nodes)} ${among}`;
  const rest = others.map(({ value, nodes: names }) => `${short(value)} on ${named(names)}`);
  return `  ${what}: ${short(most.value)} on ${count(most.count)} of ${whom}; ${rest.join("; ")}`;
}

/** "node-17, node-204", "node-1, node-2, node-3 and 61 more" */
export function named(names: readonly string[]): string {
  const shown = names.slice(0, names.length > 6 ? 5 : 6);
  const rest = names.length - shown.length;
  return `${shown.join(", ")}${rest > 0 ? ` and ${count(rest)} more` : ""}`;
}

export function count(value: number): string {
  return value.toLocaleString("en");
}

/** "1 node", "1,000 nodes" */
export function countOf(value: number, word: string): string {
  return `${count(value)} ${word}${value === 1 ? "" : "s"}`;
}

function short(value: string): string {
  return value.length > 120 ? `${value.slice(0, 117)}...` : value;
}
