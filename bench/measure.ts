import { readFileSync } from "node:fs";

export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Number.NaN;
}

/** "1/1,234" or "1.5 x" */
export function ratio(ours: number, theirs: number): string {
  return ours < theirs ? `1/${Math.round(theirs / ours).toLocaleString("en")}` : `${(ours / theirs).toFixed(1)} x`;
}

/** A Markdown table on standard output. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  console.log([line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n"));
}

/** CPU time of this process's children that have ended, in ticks of 10 ms. Linux alone. */
export function childTicks(): number {
  const fields = readFileSync("/proc/self/stat", "utf8").split(") ")[1]?.split(" ") ?? [];
  return Number(fields[13]) + Number(fields[14]);
}
