import { counted } from "./counted.ts";
import { l10n } from "./l10n.ts";

/** "12 IPv6 findings in 3 files." of how many each file has; undefined where there are none. */
export function summed(counts: readonly number[]): string | undefined {
  const files = counts.filter((count) => count > 0);
  const all = files.reduce((sum, count) => sum + count, 0);
  if (all === 0) return undefined;
  return l10n`${counted.findings(all)} in ${counted.files(files.length)}.`;
}
