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
