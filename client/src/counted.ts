import { l10n } from "./l10n.ts";

/** "1 file", "3 files": each with its number, since languages differ in how they count. */
export const counted = {
  findings: (count: number): string => (count === 1 ? l10n`1 IPv6 finding` : l10n`${count} IPv6 findings`),
  files: (count: number): string => (count === 1 ? l10n`1 file` : l10n`${count} files`),
  otherFiles: (count: number): string => (count === 1 ? l10n`1 other file` : l10n`${count} other files`),
  ranges: (count: number): string => (count === 1 ? l10n`1 range` : l10n`${count} ranges`),
  overlaps: (count: number): string => {
    if (count === 0) return l10n`no overlaps`;
    return count === 1 ? l10n`1 overlap` : l10n`${count} overlaps`;
  },
};
