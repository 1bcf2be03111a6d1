import { compatible } from "../manifest/apply.ts";
import type { Edit } from "../manifest/edit.ts";
import type { Range } from "../manifest/field.ts";
import { Rewrite } from "../manifest/rewrite.ts";
import type { Checked } from "./checked-document.ts";
import { shifted } from "./checked-resource.ts";
import { rewriteFile } from "./rewrite-file.ts";
import type { Finding } from "./rule.ts";
import type { Workspace } from "./workspace.ts";

/** Which fixes are made in bulk. */
export interface Wanted {
  /** Those that only mend spelling, of errors and warnings: hints are taken up one by one. */
  readonly spelling: boolean;
  /** Rules whose fix is made whatever it decides, where they offer just one. */
  readonly rules: ReadonlySet<string>;
}

/** What is made without asking. */
export const spellingAlone: Wanted = { spelling: true, rules: new Set() };

/** What is said of a file, its offsets counted from the file's start. */
export interface PlacedFindings {
  readonly documents: number;
  readonly problems: number;
  readonly findings: readonly {
    readonly finding: Finding;
    /** As the document has it. */
    readonly original: Finding;
    readonly sound: boolean;
  }[];
}

export function placed(all: readonly Checked[]): PlacedFindings {
  let start = 0;
  const findings = all.flatMap(({ document, problems, findings }) => {
    const base = start;
    start += document.text.length;
    const sound = problems.length === 0;
    return findings.map((original) => ({ finding: shifted(original, base), original, sound }));
  });
  const problems = all.reduce((sum, checked) => sum + checked.problems.length, 0);
  return { documents: all.length, problems, findings };
}

/** Where a file is with its fixes, and what is said of it there. */
interface State {
  readonly rewrite: Rewrite<Finding>;
  readonly said: PlacedFindings;
}

/** A fix to be made, its edits counted in the text as it is now. */
interface Candidate {
  readonly rule: string;
  readonly owners: readonly Finding[];
  readonly edits: readonly Edit[];
}

/** The fixes of one file. The workspace is left with whatever was tried last. */
export class BulkFix {
  readonly #workspace: Workspace;
  readonly #name: string;
  readonly #wanted: Wanted;
  /** Of the shown findings those that have such a fix, by what tells them apart. */
  readonly #shown: ReadonlyMap<string, Finding & { readonly original: Finding }>;
  /** How often a text is still judged. */
  #judgements = 100;

  constructor(workspace: Workspace, name: string, wanted: Wanted, shown: PlacedFindings) {
    this.#workspace = workspace;
    this.#name = name;
    this.#wanted = wanted;
    this.#shown = new Map(
      shown.findings.flatMap(({ finding, original, sound }) =>
        sound && this.#fixOf(finding) ? [[keyOf(finding, finding), { ...finding, original }]] : [],
      ),
    );
  }

  get any(): boolean {
    return this.#shown.size > 0;
  }

  make(): Rewrite<Finding> {
    const untouched = new Rewrite<Finding>(this.#workspace.file(this.#name)?.text ?? "");
    let now: State = { rewrite: untouched, said: placed(this.#workspace.check(this.#name)) };
    for (let round = 0; round < 10 && this.#judgements > 0; round++) {
      const next = this.#round(now, this.#candidates(now));
      if (next === now) return now.rewrite;
      now = next;
    }
    // Fixes that make work for each other for ever are none.
    return untouched;
  }

  /** Something to be mended would come to light that nobody was shown. */
  bringsMore(rewrite: Rewrite<Finding>, { findings }: PlacedFindings): boolean {
    return findings.some(({ finding, sound }) => {
      const place = sound && this.#fixOf(finding) ? rewrite.placeBefore(finding) : undefined;
      return place !== undefined && !this.#shown.has(keyOf(finding, place));
    });
  }

  #fixOf({ rule, severity, fixes }: Finding): Finding["fixes"][number] | undefined {
    if (this.#wanted.rules.has(rule)) return fixes.length === 1 ? fixes[0] : undefined;
    const [first] = fixes;
    return this.#wanted.spelling && severity !== "information" && first?.kind === "spelling" ? first : undefined;
  }

  /** What was shown and is still said, and what is now said of places that a fix has written. */
  #candidates({ rewrite, said }: State): readonly Candidate[] {
    const owned = new Set(rewrite.changes.flatMap(({ owners }) => owners));
    return said.findings.flatMap(({ finding, sound }): readonly Candidate[] => {
      const fix = sound ? this.#fixOf(finding) : undefined;
      if (!fix) return [];
      const place = rewrite.placeBefore(finding);
      const shown = place
        ? this.#shown.get(keyOf(finding, place))
        : [...this.#shown.values()].find(
            (one) => one.rule === finding.rule && !owned.has(one.original) && rewrite.wrote(one, finding),
          );
      if (place && !shown) return [];
      if (shown) owned.add(shown.original);
      return [{ rule: finding.rule, owners: shown ? [shown.original] : [], edits: fix.edits }];
    });
  }

  /** All that can be made together, or as many of them as there are without the harmful ones. */
  #round(now: State, candidates: readonly Candidate[]): State {
    let [state, waiting] = [now, candidates];
    while (state === now && waiting.length > 0) {
      const together = fitting(waiting);
      const parts = [together];
      const taken: Candidate[] = [];
      for (let part = parts.shift(); part; part = parts.shift()) {
        const next = this.#judge(now, [...taken, ...part]);
        if (next) {
          state = next;
          taken.push(...part);
        } else if (part.length > 1) parts.unshift(part.slice(0, part.length >> 1), part.slice(part.length >> 1));
      }
      waiting = waiting.filter((candidate) => !together.includes(candidate));
    }
    return state;
  }

  /** What comes of it; undefined where that is harm. */
  #judge(now: State, chosen: readonly Candidate[]): State | undefined {
    if (--this.#judgements < 0) return undefined;
    const rewrite = now.rewrite.and(chosen);
    rewriteFile(this.#workspace, this.#name, rewrite.text);
    const said = placed(this.#workspace.check(this.#name));
    const harmless =
      said.documents === now.said.documents &&
      said.problems <= now.said.problems &&
      isBetter(now.said, said, chosen) &&
      !this.bringsMore(rewrite, said);
    return harmless ? { rewrite, said } : undefined;
  }
}

/** The first of them, and every other that touches none of those before it. */
function fitting(candidates: readonly Candidate[]): readonly Candidate[] {
  const found: Candidate[] = [];
  const edits: Edit[] = [];
  for (const candidate of candidates)
    if (compatible(edits, candidate.edits)) {
      found.push(candidate);
      edits.push(...candidate.edits);
    }
  return found;
}

/** What was to be mended is not said any more, and in all no more is said than before. */
function isBetter(before: PlacedFindings, after: PlacedFindings, chosen: readonly Candidate[]): boolean {
  const count = ({ findings }: PlacedFindings, which: (finding: Finding) => boolean) =>
    findings.filter(({ finding }) => which(finding)).length;
  const noMore = [
    () => true,
    ({ severity }: Finding) => severity !== "information",
    ({ severity }: Finding) => severity === "error",
  ].every((which) => count(after, which) <= count(before, which));
  const gone = new Map<string, number>();
  for (const { rule } of chosen) gone.set(rule, (gone.get(rule) ?? 0) + 1);
  return (
    noMore &&
    [...gone].every(([rule, times]) => {
      const ofRule = (finding: Finding) => finding.rule === rule;
      return count(after, ofRule) <= count(before, ofRule) - times;
    })
  );
}

function keyOf({ rule, codes }: Finding, { start, end }: Range): string {
  return `${rule} ${start} ${end} ${codes}`;
}
