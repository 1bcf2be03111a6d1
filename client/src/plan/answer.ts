import { spanOf } from "#core/addresses/span.ts";
import type { EditorRange, WrittenPrefix } from "#core/editor/messages.ts";
import type { AddressPlan, PlacedPrefix } from "#core/plan/model.ts";
import { buildPlan } from "#core/plan/plan.ts";

/** A prefix of a plan that knows where in the editor it is written. */
export interface LocatedPrefix extends PlacedPrefix {
  readonly uri: string;
  readonly range: EditorRange | undefined;
}

/** A plan whose entries are all {@link LocatedPrefix}, since it was built from them. */
export interface WrittenPlan extends AddressPlan {
  readonly files: readonly string[];
}

/**
 * The plans of what the language server answers, one for each list of prefixes.
 *
 * @param shown how a file is called where people read it
 * @param within true for the files that count; plans of none of them are left out
 */
export function plansOf(
  lists: readonly (readonly WrittenPrefix[])[],
  shown: (file: string) => string = lastPart,
  within: (file: string) => boolean = () => true,
): readonly WrittenPlan[] {
  return lists.flatMap((list) => {
    const placed = list.filter(({ file }) => within(file)).flatMap((entry) => placedAt(entry, shown));
    if (placed.length === 0) return [];
    return [{ ...buildPlan(placed), files: [...new Set(placed.map(({ file }) => file))] }];
  });
}

/** {@link plansOf} put nothing else into a plan. */
export function isWritten(entry: PlacedPrefix): entry is LocatedPrefix {
  return "uri" in entry;
}

function lastPart(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1);
}

function placedAt(entry: WrittenPrefix, shown: (file: string) => string): readonly LocatedPrefix[] {
  const span = spanOf(entry.text);
  return span ? [{ ...entry, range: entry.range, span, file: shown(entry.file) }] : [];
}
