import type { Document } from "../manifest/document.ts";
import { Rewrite } from "../manifest/rewrite.ts";
import { BulkFix, type PlacedFindings, placed, type Wanted } from "./bulk-fix.ts";
import type { Finding } from "./rule.ts";
import type { Workspace } from "./workspace.ts";

/** What is mended of a file. Owners of a change are the findings it mends, as they were shown; its offsets count from the file's start. */
export type Mended = Pick<Rewrite<Finding>, "text" | "changes">;

/**
 * The fixes that are made in bulk in files of one cluster; files that stay as they are are left out. Only what was shown is mended: a
 * fix whose place then shows another mistake goes on with that one, and a fix that would bring one to light elsewhere is not made, so
 * that whoever asks again gets nothing more. Nor is a fix made that does not take its finding away, or leaves more wrong than there was,
 * or in a document that was read in part. The workspace holds what it held before.
 */
export function mendAll(workspace: Workspace, names: readonly string[], wanted: Wanted): ReadonlyMap<string, Mended> {
  const shown = new Map(names.map((name) => [name, placed(workspace.check(name))]));
  const before = new Map<string, readonly Document[]>();
  const mended = new Map<string, Rewrite<Finding>>();
  const bringsMore = (name: string) =>
    new BulkFix(workspace, name, wanted, shown.get(name) as PlacedFindings).bringsMore(
      mended.get(name) ?? new Rewrite(workspace.file(name)?.text ?? ""),
      placed(workspace.check(name)),
    );
  try {
    for (const [name, findings] of shown) {
      // An edit changes the file's own list.
      const documents = [...(workspace.file(name)?.documents ?? [])];
      const fixes = new BulkFix(workspace, name, wanted, findings);
      if (!fixes.any) continue;
      before.set(name, documents);
      const made = fixes.make();
      workspace.open(name, made.changes.length > 0 ? made.text : documents);
      if (made.changes.length > 0) mended.set(name, made);
    }
    // What is mended in one file may be told of another.
    const isMore = mended.size > 0 && names.some((name) => bringsMore(name));
    return isMore ? new Map() : mended;
  } finally {
    for (const [name, documents] of before) workspace.open(name, documents);
  }
}
