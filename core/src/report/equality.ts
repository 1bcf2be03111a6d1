import type { Equality } from "../equality/equality.ts";
import { printableIn, printableJson } from "../text/printable.ts";

/** Differences only: what is the same is counted. */
export function equalityToText(equality: Equality): string {
  const { services, single } = printableIn(equality);
  const unequal = services.filter(({ differences }) => differences.length > 0);
  const parts = unequal.map(({ service, differences }) =>
    [`Service ${service}`, ...differences.map(({ what, where }) => `  ${what}\n    ${where}`)].join("\n"),
  );
  const alike = `${services.length - unequal.length} of ${services.length} Services of both families are the same over IPv4 and IPv6; ${single.length} of one family have nothing to compare.`;
  return `${[...parts, alike].join("\n\n")}\n`;
}

export function equalityToJson(equality: Equality, exitCode: number): string {
  return printableJson(
    `${JSON.stringify({ kind: "kube-ipv6 services", version: 1, exitCode, ...equality }, undefined, 2)}\n`,
  );
}
