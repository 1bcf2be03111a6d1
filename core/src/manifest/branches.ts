import { actionsIn } from "./template.ts";
import { type Assumed, asksOf, assume, type Condition, conditionOf, isMet } from "./template-conditions.ts";

/**
 * What a template with branches that shut each other out may become: for each of them in turn the text with everything blank that
 * stands in the others, so that every offset stays true. Empty for a text without such branches. Conditions that are spelled alike hold
 * together; `not`, and `eq` with another literal, hold apart.
 * {@link https://pkg.go.dev/text/template#hdr-Actions}
 */
export function branchesOf(text: string): readonly string[] {
  if (!/\{\{-?\s*(?:else|with|if)\b/.test(text)) return [];
  const all = joined(text, conditionals(text));
  const chains = all.filter(({ branches }) => branches.length > 1);
  const open = openQuestions(all);
  const longest = Math.max(
    1,
    ...open.map(({ values }) => values.length),
    ...chains.map(({ branches }) => branches.length),
  );
  if (longest < 2) return [];
  // Two questions have four answers together.
  const questions = new Set([...open.map(({ of }) => of), ...chains.map(askedBy)]);
  const count = Math.min(questions.size > 1 ? most : longest, most);
  return [
    ...new Set(Array.from({ length: count }, (_, turn) => takenIn(text, all, assumedFor(turn, all, chains, open)))),
  ];
}

/** The text with all branches blank but those around an offset: what holds there holds whatever the other conditions say. */
export function aloneAt(text: string, offset: number): string {
  const around = ({ start, end }: Branch) => start <= offset && offset < end;
  return withOnly(text, conditionals(text), ({ branches }) => branches.find(around));
}

/** Whether an offset stands in a branch. */
export function isConditional(text: string, offset: number): boolean {
  return conditionals(text).some(({ branches }) => branches.some(({ start, end }) => start <= offset && offset < end));
}

/** A chain of more branches is looked at in its first ones alone. */
const most = 4;

/** `{{ if }} ... {{ else if }} ... {{ else }} ... {{ end }}`, or an `if` without `else`. */
interface Conditional {
  readonly branches: readonly Branch[];
}

interface Branch {
  /** undefined for a bare `else`. */
  readonly condition: Condition | undefined;
  /** The action that begins it. */
  readonly from: number;
  readonly start: number;
  readonly end: number;
}

const action = /^\{\{-?\s*(if|with|range|define|block|else|end)\b([\s\S]*?)-?\}\}$/;

function conditionals(text: string): readonly Conditional[] {
  const found: Conditional[] = [];
  const open: {
    readonly branches: Branch[];
    from: number;
    start: number;
    condition: Condition | undefined;
    apart: boolean;
  }[] = [];
  for (const { start: index, end: after } of actionsIn(text)) {
    const [whole, word = "", rest = ""] = action.exec(text.slice(index, after)) ?? [];
    if (whole === undefined) continue;
    const top = open.at(-1);
    if (word === "else" && top) {
      top.branches.push({ condition: top.condition, from: top.from, start: top.start, end: index });
      const condition = rest.replace(/^\s*(?:if|with)\b/, "").trim();
      Object.assign(top, {
        from: index,
        start: after,
        condition: condition === "" ? undefined : conditionOf(condition),
      });
      top.apart &&= isAlone(text, index, after);
    } else if (word === "end") {
      open.pop();
      if (!top) continue;
      top.branches.push({ condition: top.condition, from: top.from, start: top.start, end: index });
      if (top.apart) found.push({ branches: top.branches });
    } else if (word !== "else")
      open.push({
        branches: [],
        from: index,
        start: after,
        condition: conditionOf(rest),
        apart: word === "if" || word === "with",
      });
  }
  return found;
}

/** Those that follow each other with one key are alternatives, whatever they ask: both would not be YAML. */
function joined(text: string, all: readonly Conditional[]): readonly Conditional[] {
  const result: Conditional[] = [];
  for (const one of [...all].sort(byStart)) {
    const [branch] = one.branches;
    const before = result.at(-1);
    const last = before?.branches.at(-1);
    const key = branch && keyAt(text, branch);
    const isOther = branch && last && one.branches.length === 1 && (before?.branches.length ?? most) < most;
    if (isOther && key && key === keyAt(text, last) && isNext(text, last, branch))
      result[result.length - 1] = { branches: [...(before?.branches ?? []), { ...branch, from: branch.start }] };
    else result.push(one);
  }
  return result;
}

function byStart({ branches: [a] }: Conditional, { branches: [b] }: Conditional): number {
  return (a?.start ?? 0) - (b?.start ?? 0);
}

/** The first key of a branch, with its indentation. */
function keyAt(text: string, { start, end }: Branch): string | undefined {
  return /^\s*?\n([ \t]*[\w.$/-]+:)(?=\s)/.exec(text.slice(start, Math.min(end, start + longestKey)))?.[1];
}

const longestKey = 300;

function isNext(text: string, { end }: Branch, { from }: Branch): boolean {
  return from > end && from - end < longestKey && /^\{\{-?\s*end\s*-?\}\}\s*$/.test(text.slice(end, from));
}

/** On a line of its own: within one, all branches are one value that nobody knows. */
function isAlone(text: string, start: number, end: number): boolean {
  const line = text.lastIndexOf("\n", start - 1) + 1;
  const newline = text.indexOf("\n", end);
  return text.slice(line, start).trim() === "" && text.slice(end, newline < 0 ? text.length : newline).trim() === "";
}

/** An `else if` with no `else` behind it may write nothing. */
function waysThrough({ branches }: Conditional): number {
  const last = branches.at(-1);
  return branches.length + (last?.condition && last.from !== last.start ? 1 : 0);
}

function askedBy({ branches: [first] }: Conditional): string {
  return first?.condition ? [...asksOf(first.condition)].map(([of]) => of).join(" ") : "";
}

/** The expressions that stand in different branches asked for different values, with these values. */
interface OpenQuestion {
  readonly of: string;
  readonly values: readonly string[];
}

function openQuestions(all: readonly Conditional[]): OpenQuestion[] {
  const asked = new Map<string, Set<string>>();
  for (const { branches } of all)
    for (const { condition } of branches)
      for (const [of, value] of condition ? asksOf(condition) : [])
        asked.set(of, (asked.get(of) ?? new Set()).add(value));
  return [...asked].flatMap(([of, values]) => (values.size > 1 ? [{ of, values: [...values] }] : []));
}

/** Which value each expression has in one of the turns, so that each branch has its turn. */
function assumedFor(
  turn: number,
  all: readonly Conditional[],
  chains: readonly Conditional[],
  open: readonly OpenQuestion[],
): Assumed {
  const assumed: Assumed = new Map();
  const place = (index: number, count: number) =>
    count > 2 || turn < 2 ? Math.min(turn, count - 1) : (index + turn) % 2;
  for (const [index, chain] of chains.entries()) {
    const { branches } = chain;
    const taken = place(index, waysThrough(chain));
    const condition = branches[taken]?.condition;
    if (condition) assume(condition, true, assumed);
    for (const before of branches.slice(0, taken)) if (before.condition) assume(before.condition, false, assumed);
  }
  for (const [index, { of, values }] of open.entries())
    if (!assumed.has(of)) assumed.set(of, values[place(index, values.length)] ?? "");
  for (const { branches } of all)
    if (branches.length === 1 && branches[0]?.condition) assume(branches[0].condition, true, assumed);
  return assumed;
}

function takenIn(text: string, all: readonly Conditional[], assumed: Assumed): string {
  return withOnly(text, all, ({ branches }) =>
    branches.find(({ condition }) => !condition || isMet(condition, assumed)),
  );
}

function withOnly(
  text: string,
  all: readonly Conditional[],
  takes: (conditional: Conditional) => Branch | undefined,
): string {
  const gone = all.flatMap((conditional) => {
    const { branches } = conditional;
    const taken = takes(conditional);
    return branches.map((branch): readonly [number, number] => {
      const { from, start, end } = branch;
      // The action of a branch goes with it: what is left has none to choose from any more.
      const first = branch === branches[0] ? start : from;
      return branch === taken ? [first, start] : [first, end];
    });
  });
  return blanked(text, gone);
}

/** The ranges may lie in each other. */
function blanked(text: string, ranges: readonly (readonly [number, number])[]): string {
  let at = 0;
  let result = "";
  for (const [start, end] of [...ranges].sort(([a], [b]) => a - b)) {
    if (end <= at) continue;
    const from = Math.max(at, start);
    result += text.slice(at, from) + text.slice(from, end).replace(/[^\r\n]/g, " ");
    at = end;
  }
  return result + text.slice(at);
}
