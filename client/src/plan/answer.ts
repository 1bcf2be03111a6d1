import { basename } from "node:path";
import { spanOf } from "#core/addresses/span.ts";
import type { RangeRole } from "#core/facts/ranges.ts";
import type { AddressPlan, PlacedPrefix } from "#core/plan/model.ts";
import { buildPlan } from "#core/plan/plan.ts";

/** What the language server answers to `kube-ipv6/plan`: one plan for each group of files that are meant for one cluster. */
export interface PlanAnswer {
  readonly plans: readonly { readonly roots: readonly AnsweredNode[] }[];
}

export interface AnsweredNode {
  readonly entries: readonly AnsweredEntry[];
  readonly children: readonly AnsweredNode[];
}

export interface AnsweredEntry {
  readonly role: RangeRole;
  readonly text: string;
  readonly kind: string;
  readonly name?: string;
  readonly file: string;
  readonly document: number;
  readonly path: string;
  readonly uri: string;
  readonly range?: EditorRange;
}

/** As the protocol counts: from 0. */
export interface EditorRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** A range of the plan that knows where in the editor it is written. */
export interface WrittenPrefix extends PlacedPrefix {
  readonly uri: string;
  readonly range: EditorRange | undefined;
}

/** A plan whose entries are all {@link WrittenPrefix}, since it was built from them. */
export interface WrittenPlan extends AddressPlan {
  readonly files: readonly string[];
}

/**
 * The plans of an answer, built anew so that each is one of core's, with everything that core can say of it.
 *
 * @param shown how a file is called where people read it
 * @param within true for the files that count; plans of none of them are left out
 */
export function plansOf(
  { plans }: PlanAnswer,
  shown: (file: string) => string = basename,
  within: (file: string) => boolean = () => true,
): readonly WrittenPlan[] {
  return plans.flatMap(({ roots }) => {
    const written = roots.flatMap(entriesOf).filter(({ file }) => within(file));
    const placed = written.flatMap((entry) => placedAt(entry, shown));
    if (placed.length === 0) return [];
    return [{ ...buildPlan(placed), files: [...new Set(placed.map(({ file }) => file))] }];
  });
}

/** {@link plansOf} put nothing else into a plan. */
export function isWritten(entry: PlacedPrefix): entry is WrittenPrefix {
  return "uri" in entry;
}

function entriesOf({ entries, children }: AnsweredNode): readonly AnsweredEntry[] {
  return [...entries, ...children.flatMap(entriesOf)];
}

function placedAt(entry: AnsweredEntry, shown: (file: string) => string): readonly WrittenPrefix[] {
  const { role, text, kind, name, file, document, path, uri, range } = entry;
  const span = spanOf(text);
  return span ? [{ span, role, text, kind, name, file: shown(file), document, path, uri, range }] : [];
}
