import type { MapNode, Node } from "./node.ts";
import type { SyntaxProblem } from "./parsed.ts";

/** A key as people write it, a colon, and a value that follows at once: text for YAML, like a name with its port. No address, no URL. */
const unspaced = /^(?:- +)*([A-Za-z][\w./-]*):(?=[^\s:/])/;

/** The same problem; it names a key without a blank behind its colon if there is one in its line or the next. */
export function explained(problem: SyntaxProblem, text: string): SyntaxProblem {
  let line = text.lastIndexOf("\n", Math.max(0, problem.start - 1)) + 1;
  for (let looked = 0; looked < 2; looked++) {
    const end = text.indexOf("\n", line);
    const words = text.slice(line, end < 0 ? Math.min(text.length, line + 200) : Math.min(end, line + 200)).trim();
    const key = unspaced.exec(words)?.[1];
    if (key !== undefined) return { ...problem, message: `${problem.message}; ${wanted(key)}` };
    if (end < 0) break;
    line = end + 1;
  }
  return problem;
}

/** Where one may have become text: below its key, or in braces. Most texts have no such place, and are not walked through. */
const suspicious = /:[ \t]*\r?\n[ \t]+[A-Za-z][\w./-]*:[^\s:/]|[{,][ \t]*[A-Za-z][\w./-]*:[^\s:/]/;

/** Where YAML took such a key for text, in a place where text has no meaning: as a whole document, or for one of an object's maps. */
export function textsForKeys(roots: readonly Node[], source: string): readonly SyntaxProblem[] {
  if (!suspicious.test(source) && roots.every(({ kind }) => kind !== "scalar")) return none;
  const problems: SyntaxProblem[] = [];
  const seen = new Set<Node>();
  for (const root of roots)
    if (root.kind === "scalar") at(root, source, problems);
    else if (root.kind === "map" && root.pairs.some(({ key }) => isAt(source, key.start, "kind"))) map(root);
  return problems;

  function map({ flow, pairs }: MapNode): void {
    for (const { key, value } of pairs) {
      if (value.kind === "scalar") {
        if (flow && value.start === value.end) at(key, source, problems);
        else if (!flow && onNextLine(source, key.end) && maps.has(key.text)) at(value, source, problems);
      } else look(value);
    }
  }

  function look(node: Node): void {
    // Only an alias leads to a collection twice.
    if (node.kind === "scalar" || seen.has(node)) return;
    seen.add(node);
    if (node.kind === "map") map(node);
    else for (const item of node.items) look(item);
  }
}

const none: readonly SyntaxProblem[] = [];

/** Fields that are maps in every kind of object that has them. */
const maps: ReadonlySet<string> = new Set([
  ...["metadata", "spec", "data", "stringData", "labels", "annotations", "matchLabels", "ipBlock", "networking"],
  ...["podSelector", "namespaceSelector", "endpointSelector", "nodeSelector", "securityContext", "nodeRegistration"],
]);

function at(node: Node, source: string, problems: SyntaxProblem[]): void {
  if (node.kind !== "scalar" || node.style !== "plain") return;
  const key = unspaced.exec(source.slice(node.start, Math.min(node.end, node.start + 200)))?.[1];
  if (key === undefined) return;
  problems.push({ start: node.start, end: node.end, message: `"${key}" is no key but text; ${wanted(key)}` });
}

function wanted(key: string): string {
  return `a blank is missing behind the colon of "${key}:"`;
}

function isAt(source: string, start: number, word: string): boolean {
  return source.startsWith(word, start) && source[start + word.length] === ":";
}

function onNextLine(source: string, end: number): boolean {
  const after = source.charCodeAt(end + 1);
  return after === 10 || after === 13;
}
