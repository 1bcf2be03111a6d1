/**
 * What a template with `{{ else }}` may become: for each of its branches in turn the text with everything blank that stands in the
 * others, so that every offset stays true. Empty for a text without such branches. Conditions that are spelled alike hold together.
 * {@link https://pkg.go.dev/text/template#hdr-Actions}
 */
export function branchesOf(text: string): readonly string[] {
  if (!/\{\{-?\s*else\b/.test(text)) return [];
  const all = conditionals(text);
  const count = all.reduce((longest, { branches }) => Math.max(longest, branches.length), 0);
  if (count < 2) return [];
  return Array.from({ length: Math.min(count, most) }, (_, turn) => withOnly(text, all, turn));
}

/** A chain of more branches is looked at in its first ones alone. */
const most = 4;

/** `{{ if }} ... {{ else if }} ... {{ else }} ... {{ end }}`, or an `if` without `else`. */
interface Conditional {
  readonly branches: readonly Branch[];
}

interface Branch {
  /** undefined for a bare `else`. */
  readonly condition: string | undefined;
  /** The action that begins it. */
  readonly from: number;
  readonly start: number;
  readonly end: number;
}

const action = /\{\{-?\s*(if|with|range|define|block|else|end)\b([\s\S]*?)-?\}\}/g;

function conditionals(text: string): readonly Conditional[] {
  const found: Conditional[] = [];
  const open: {
    readonly branches: Branch[];
    from: number;
    start: number;
    condition: string | undefined;
    apart: boolean;
  }[] = [];
  for (const { 0: whole, 1: word = "", 2: rest = "", index } of text.matchAll(action)) {
    const after = index + whole.length;
    const top = open.at(-1);
    if (word === "else" && top) {
      top.branches.push({ condition: top.condition, from: top.from, start: top.start, end: index });
      const condition = rest.replace(/^\s*(?:if|with)\b/, "").trim();
      Object.assign(top, { from: index, start: after, condition: condition === "" ? undefined : condition });
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
        condition: rest.trim(),
        apart: word === "if" || word === "with",
      });
  }
  return found;
}

/** On a line of its own: within one, all branches are one value that nobody knows. */
function isAlone(text: string, start: number, end: number): boolean {
  const line = text.lastIndexOf("\n", start - 1) + 1;
  const newline = text.indexOf("\n", end);
  return text.slice(line, start).trim() === "" && text.slice(end, newline < 0 ? text.length : newline).trim() === "";
}

function withOnly(text: string, all: readonly Conditional[], turn: number): string {
  const chains = all.filter(({ branches }) => branches.length > 1);
  const taken = new Set(chains.map(({ branches }) => branches[Math.min(turn, branches.length - 1)]));
  const holds = new Set([...taken].map((branch) => branch?.condition));
  const fails = new Set(chains.flatMap(({ branches }) => branches.map(({ condition }) => condition)));
  const gone = all.flatMap(({ branches }) =>
    branches.flatMap((branch): readonly (readonly [number, number])[] => {
      const { condition, from, start, end } = branch;
      const isTaken = branches.length > 1 ? taken.has(branch) : holds.has(condition) || !fails.has(condition);
      // The action of a branch goes with it: what is left has none to choose from any more.
      const first = branch === branches[0] ? start : from;
      return isTaken ? [[first, start]] : [[first, end]];
    }),
  );
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
