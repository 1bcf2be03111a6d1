import type { Comparison } from "../compare/compare.ts";
import { printableIn, printableJson } from "../text/printable.ts";

export function comparisonToText(comparison: Comparison): string {
  const { worse, better, gone, same, kind } = printableIn(comparison);
  const part = (title: string, all: readonly string[]) =>
    all.length === 0 ? [] : [`${title}:\n${all.map((one) => `  ${one}\n`).join("")}`];
  const verdict = worse.length > 0 ? "worse" : better.length > 0 ? "better" : "the same";
  const end = `${kind}: ${verdict}; ${worse.length} came, ${better.length} went, ${gone.length} with what they were about, ${same} stayed.\n`;
  return [...part("Worse", worse), ...part("Better", better), ...part("No longer there", gone), end].join("\n");
}

export function comparisonToJson(comparison: Comparison, exitCode: number): string {
  return printableJson(
    `${JSON.stringify({ version: 1, exitCode, ...comparison, kind: "kube-ipv6 comparison", of: comparison.kind }, undefined, 2)}\n`,
  );
}
