import { contains, parseAddress, parsePrefix } from "../addresses/address.ts";
import type { AddressHolder, Ranges, RangeUse } from "../ranges/ranges.ts";
import { escapedMarkdown } from "../text/markdown.ts";
import { printableIn, printableJson } from "../text/printable.ts";

/** From which share on a range is said to be nearly full. */
const nearlyFull = 0.9;

export function isNearlyFull({ used, total }: RangeUse): boolean {
  return total > 0n ? Number((BigInt(used) * 1000n) / total) / 1000 >= nearlyFull : true;
}

/** `plan` tells of a range where it is planned; undefined where no file names it. */
export function rangesToText({ ranges }: Ranges, plan: (range: string) => string | undefined): string {
  const rows = printableIn(ranges).map((one) => [
    one.owner,
    one.range,
    amountText(one.total),
    `${one.used}`,
    amountText(one.free),
    shareText(one),
  ]);
  const head = ["owner", "range", "total", "used", "free", "full"];
  const widths = head.map((word, index) => Math.max(word.length, ...rows.map((row) => row[index]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, index) => (index < 2 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0)))
      .join("  ")
      .trimEnd();
  const notes = printableIn(ranges).flatMap((one) => [
    ...one.notes.map((note) => `${one.owner} ${one.range}: ${note}`),
    ...(plan(one.range) === undefined ? [] : [`${one.owner} ${one.range}: planned as ${plan(one.range)}`]),
  ]);
  return `${[line(head), ...rows.map(line)].join("\n")}\n${notes.length > 0 ? `\n${notes.join("\n")}\n` : ""}`;
}

export function rangesToMarkdown({ ranges }: Ranges, plan: (range: string) => string | undefined): string {
  const rows = ranges.map((one) => {
    const notes = [...one.notes, ...(plan(one.range) === undefined ? [] : [`planned as ${plan(one.range)}`])];
    return `| ${[one.owner, one.range].map(escapedMarkdown).join(" | ")} | ${amountText(one.total)} | ${one.used} | ${amountText(one.free)} | ${shareText(one)} | ${escapedMarkdown(notes.join("; "))} |`;
  });
  return `| owner | range | total | used | free | full | |\n|---|---|--:|--:|--:|--:|---|\n${rows.join("\n")}\n`;
}

export function rangesToJson({ ranges }: Ranges, holders: readonly AddressHolder[], exitCode: number): string {
  const written = ranges.map((one) => ({ ...one, total: `${one.total}`, free: `${one.free}` }));
  return printableJson(
    `${JSON.stringify({ kind: "kube-ipv6 ranges", version: 1, exitCode, ranges: written, holders }, undefined, 2)}\n`,
  );
}

/** Who holds an address, or addresses of a prefix. */
export function holdersIn({ holders }: Ranges, text: string): readonly AddressHolder[] {
  const prefix = parsePrefix(text);
  const address = parseAddress(text);
  return holders.filter((holder) => {
    const own = parseAddress(holder.address);
    if (!own) return false;
    return prefix ? contains(prefix, own) : address?.family === own.family && address.value === own.value;
  });
}

/** Numbers that nobody counts are the nearest powers of two. */
export function amountText(value: bigint): string {
  if (value < 10_000_000n) return `${value}`;
  const digits = value.toString(2);
  return `2^${digits.length - (digits.startsWith("11") ? 0 : 1)}`;
}

export function shareText({ used, total }: RangeUse): string {
  if (total === 0n) return "100 %";
  const tenths = Number((BigInt(used) * 1000n) / total);
  return tenths === 0 && used > 0 ? "< 0.1 %" : `${tenths / 10} %`;
}
