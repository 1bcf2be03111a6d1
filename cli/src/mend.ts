import { mended } from "#core/lint/fix-all.ts";
import type { Workspace } from "#core/lint/workspace.ts";
import type { Unjudged } from "#core/report/unjudged.ts";
import { replaceText } from "#files/replace.ts";
import type { Found } from "./files.ts";

/**
 * Writes the file with its fixes made, or leaves it as it was to the last byte; says why where there was something to mend and it could
 * not be written. A link that somebody named is kept, and what it leads to is mended; no other link is ever read.
 */
export function mend(workspace: Workspace, { name, path }: Found): readonly Unjudged[] {
  const before = workspace.file(path)?.text;
  if (before === undefined) return [];
  const text = mended(workspace, path);
  if (text === before) return [];
  const why = replaceText(path, before, text);
  if (why !== undefined) return [{ file: name, message: `was not mended: ${why}` }];
  workspace.open(path, text);
  return [];
}
