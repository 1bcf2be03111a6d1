/** What a template asks before it writes: of values nobody knows here, so that only what holds together is of interest. */
export type Condition =
  | { readonly is: "truth"; readonly of: string }
  | { readonly is: "equal"; readonly of: string; readonly to: string }
  | { readonly is: "not"; readonly what: Condition }
  | { readonly is: "all" | "any"; readonly what: readonly Condition[] };

/** What values are taken to be, by the expression that is asked: its literal, "true", or "" for anything else. */
export type Assumed = Map<string, string>;

/**
 * Reads the pipeline of an `if` or `with`: `not`, `and`, `or`, `eq` and `ne` with literals; all else is a truth of its own.
 * {@link https://pkg.go.dev/text/template#hdr-Functions}
 */
export function conditionOf(text: string, depth = 0): Condition {
  const plain = text.trim();
  const words = depth < deepest ? wordsOf(plain) : [];
  const [first = "", ...rest] = words;
  const inside = words.length === 1 && first.startsWith("(") ? first.slice(1, -1) : undefined;
  if (inside !== undefined) return conditionOf(inside, depth + 1);
  const each = () => rest.map((word) => conditionOf(word, depth + 1));
  const [only] = rest;
  if (first === "not" && only !== undefined && rest.length === 1)
    return { is: "not", what: conditionOf(only, depth + 1) };
  if ((first === "and" || first === "or") && rest.length > 0)
    return { is: first === "and" ? "all" : "any", what: each() };
  const literals = rest.filter((word) => literal.test(word));
  const asked = rest.find((word) => !literal.test(word));
  if ((first === "eq" || first === "ne") && asked !== undefined && literals.length === rest.length - 1) {
    const what = literals.map((to): Condition => ({ is: "equal", of: spelling(asked), to }));
    const any: Condition = { is: "any", what };
    return first === "eq" ? any : { is: "not", what: any };
  }
  return { is: "truth", of: spelling(plain) };
}

const deepest = 8;
const literal = /^(?:"[^"]*"|`[^`]*`|-?\d[\w.]*|true|false|nil)$/;

/** The root is the same by either name. */
function spelling(text: string): string {
  return text.replace(/\s+/g, " ").replace(/\$\.Values\b/g, ".Values");
}

/** Words, texts in quotes and what stands in parentheses; none of a pipeline, which is one value. */
function wordsOf(text: string): string[] {
  const words: string[] = [];
  let depth = 0;
  let start = 0;
  const end = (at: number) => {
    if (at > start) words.push(text.slice(start, at));
    start = at + 1;
  };
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|`[^`]*`|[()|]|\s/g)) {
    if (token === "|" && depth === 0) return [];
    if (token === "(") depth++;
    else if (token === ")") depth--;
    else if (depth === 0 && /\s/.test(token)) end(index);
  }
  if (depth !== 0) return [];
  end(text.length);
  return words;
}

export function isMet(condition: Condition, assumed: Assumed): boolean {
  switch (condition.is) {
    case "truth":
      return assumed.get(condition.of) === "true";
    case "equal":
      return assumed.get(condition.of) === condition.to;
    case "not":
      return !isMet(condition.what, assumed);
    case "all":
      return condition.what.every((one) => isMet(one, assumed));
    case "any":
      return condition.what.some((one) => isMet(one, assumed));
  }
}

/** Assumes of what is not yet assumed what lets a condition hold, or not. */
export function assume(condition: Condition, wanted: boolean, assumed: Assumed): void {
  if (isMet(condition, assumed) === wanted && known(condition, assumed)) return;
  switch (condition.is) {
    case "truth":
    case "equal":
      if (!assumed.has(condition.of))
        assumed.set(condition.of, wanted ? (condition.is === "equal" ? condition.to : "true") : "");
      return;
    case "not":
      assume(condition.what, !wanted, assumed);
      return;
    default:
      // One is enough to let "any" hold, or "all" not.
      for (const one of condition.what) {
        assume(one, wanted, assumed);
        if ((condition.is === "any") === wanted && isMet(one, assumed) === wanted) return;
      }
  }
}

function known(condition: Condition, assumed: Assumed): boolean {
  if (condition.is === "truth" || condition.is === "equal") return assumed.has(condition.of);
  return condition.is === "not" ? known(condition.what, assumed) : condition.what.every((one) => known(one, assumed));
}

/** What is asked of each expression: what would let the condition hold, by literals. */
export function* asksOf(condition: Condition, wanted = true): Generator<readonly [of: string, value: string]> {
  if (condition.is === "truth" || condition.is === "equal") {
    const value = condition.is === "equal" ? condition.to : "true";
    yield [condition.of, wanted ? value : ""];
  } else if (condition.is === "not") yield* asksOf(condition.what, !wanted);
  else for (const one of condition.what) yield* asksOf(one, wanted);
}
