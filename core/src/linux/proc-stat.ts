import { lines, words } from "./lines.ts";

/**
 * Parses `/proc/net/stat/nf_conntrack` and its like: a line of names, then a line of hexadecimal numbers a CPU. `entries` is the
 * same on each line; all others are added up. Empty for anything else.
 */
export function parseProcStat(text: string): Readonly<Record<string, number>> {
  const [names = [], ...rows] = lines(text).map(words);
  const numbers = rows.filter((row) => row.length >= names.length && row.every((word) => /^[0-9a-f]+$/i.test(word)));
  if (numbers.length === 0 || names.some((name) => !/^[a-z_]+$/.test(name))) return {};
  return Object.fromEntries(
    names.map((name, column) => {
      const values = numbers.map((row) => Number.parseInt(row[column] ?? "0", 16));
      return [name, name === "entries" ? (values[0] ?? 0) : values.reduce((sum, value) => sum + value, 0)];
    }),
  );
}

/** How many destinations the IPv6 routing cache holds: the sixth number of `/proc/net/rt6_stats` (net/ipv6/route.c), in hexadecimal. */
export function cachedRoutes(text: string): number | undefined {
  const numbers = words(text.trim());
  return numbers.length === 7 && numbers.every((word) => /^[0-9a-f]+$/i.test(word))
    ? Number.parseInt(numbers[5] ?? "", 16)
    : undefined;
}
