/** Neighbours in a text: of each the classes of characters it may be. */
export type Run = readonly (readonly number[])[];

/**
 * For each alternative of a pattern the runs of characters that stand in every match of it, whatever the case of their letters; undefined
 * for a pattern that is not understood. `classOf` takes a character's code.
 */
export function inEachMatch(
  source: string,
  classOf: (code: number) => number,
): readonly (readonly Run[])[] | undefined {
  const alternatives: Run[][] = [[]];
  let run: (readonly number[])[] = [];
  const close = (next: (readonly number[])[] = []) => {
    if (run.length > 0) alternatives.at(-1)?.push(run);
    run = next;
  };
  for (let rest = source; rest !== ""; ) {
    const [token = ""] = tokens.exec(rest) ?? [];
    if (token === "") return undefined;
    rest = rest.slice(token.length);
    if (token === "|") {
      close();
      alternatives.push([]);
      continue;
    }
    // What takes no room parts no neighbours.
    if (/^(?:\^|\$|\\b|\\B)$/.test(token)) continue;
    const group = token.startsWith("(") ? groupAt(token + rest) : undefined;
    if (token.startsWith("(")) {
      if (group === undefined) return undefined;
      rest = rest.slice(group.length - token.length);
      if (/^\(\?<?[=!]/.test(group)) continue;
    }
    const [times = ""] = /^(?:[?*+]|\{\d+(?:,\d*)?\})\??/.exec(rest) ?? [];
    rest = rest.slice(times.length);
    const set = group === undefined ? setOf(token, classOf) : undefined;
    if (!set || /^(?:[?*]|\{0)/.test(times)) close();
    else {
      run.push(set);
      // Of several, the first has the neighbour before and the last the one behind.
      if (times !== "") close([set]);
    }
  }
  close();
  return alternatives;
}

const tokens = /^(?:\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|\((?:\?(?:[:=!]|<[=!]))?|[^)?*+{}\\[(])/;

/** With what stands in its brackets. */
function groupAt(text: string): string | undefined {
  let depth = 0;
  for (const { 0: sign, index } of text.matchAll(/\\[\s\S]|\[(?:\\[\s\S]|[^\]\\])*\]|[()]/g)) {
    if (sign === "(") depth++;
    else if (sign === ")" && --depth === 0) return text.slice(0, index + 1);
  }
  return undefined;
}

/** undefined for what may be almost anything. */
function setOf(token: string, classOf: (code: number) => number): readonly number[] | undefined {
  if (token === ".") return undefined;
  if (token === "\\d") return [classOf(48)];
  if (token.startsWith("\\")) return /^\\\W$/.test(token) ? [classOf(token.charCodeAt(1))] : undefined;
  if (!token.startsWith("[")) return [classOf(token.charCodeAt(0))];
  const inside = token.slice(1, -1).replaceAll("\\d", "0-9");
  if (inside === "" || inside.startsWith("^") || /\\\w/.test(inside)) return undefined;
  const found = new Set<number>();
  for (const [, escaped, first = "", last] of inside.matchAll(/\\(\W)|([\s\S])(?:-([\s\S]))?/g)) {
    const from = (escaped ?? first).charCodeAt(0);
    const to = (escaped ?? last ?? first).charCodeAt(0);
    for (let code = from; code <= to; code++) found.add(classOf(code));
  }
  return [...found];
}
