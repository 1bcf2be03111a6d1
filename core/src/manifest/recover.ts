import { isMap, isScalar, isSeq, parseAllDocuments, type Node as YamlNode } from "yaml";
import { colonStandIn, unmaskColons } from "./colons.ts";
import { type Node, ScalarNode, type ScalarStyle } from "./node.ts";
import type { Parsed, SyntaxProblem } from "./parsed.ts";

/** The last ":" of `clusterIP: fd00::` is read by YAML as one more mapping that swallows the lines below. */
const endsInColon = /^([ \t]*(?:- +)*[\w."'/-]+:[ \t]+[0-9A-Fa-f:.]*:):(?=[ \t]*(?:#.*)?\r?$)/gm;

function maskTrailingColons(text: string): string {
  return text.replace(endsInColon, `$1${colonStandIn}`);
}

/** Whoever mends so many has others then. */
const mostProblems = 100;

/** What the recovering parser makes of text that the others refuse, and what is wrong with it; `first` is what they said. */
export function recover(text: string, first: SyntaxProblem): Pick<Parsed, "roots" | "problems"> {
  const masked = maskTrailingColons(text);
  try {
    const documents = parseAllDocuments(masked, {
      uniqueKeys: false,
      logLevel: "silent",
      stringKeys: false,
      // Each would copy its line.
      prettyErrors: false,
    });
    if (!Array.isArray(documents)) return { roots: [], problems: [first] };
    // What nests without end exhausts the stack of the recovering parser, which says so like any other error.
    if (documents.some(({ errors }) => errors.some(({ message }) => message.includes("call stack"))))
      return leftOut(first);
    const errors = documents.flatMap((document) => document.errors).slice(0, mostProblems);
    const problems = errors.map(({ pos: [start, end], message }) => ({
      start: Math.min(start, masked.length),
      end: Math.min(Math.max(end, start + 1), masked.length),
      message: message.split("\n")[0] ?? "",
    }));
    const roots = documents.flatMap(({ contents }) => (contents ? [recovered(contents as YamlNode, 0, masked)] : []));
    return { roots, problems: problems.length > 0 ? problems : [first] };
  } catch {
    return leftOut(first);
  }
}

/** The first parser's words stand. */
export function leftOut(problem: SyntaxProblem): Pick<Parsed, "roots" | "problems"> {
  return { roots: [], problems: [{ ...problem, message: `${problem.message}; this document was left out` }] };
}

const scalarStyles: Record<string, ScalarStyle> = {
  QUOTE_DOUBLE: "double",
  QUOTE_SINGLE: "single",
  BLOCK_LITERAL: "literal",
  BLOCK_FOLDED: "folded",
};

function recovered(node: YamlNode | null | undefined, at: number, source: string): Node {
  const [start, end] = node?.range ? [node.range[0], node.range[1]] : [at, at];
  if (isMap(node)) {
    const pairs = node.items.map((pair) => {
      const key = recovered(pair.key as YamlNode, start, source);
      return {
        key: key.kind === "scalar" ? key : new ScalarNode(key.start, key.end, "plain", ""),
        value: recovered(pair.value as YamlNode, key.end, source),
      };
    });
    return { kind: "map", start, end, flow: node.flow === true, pairs };
  }
  if (isSeq(node)) {
    const items = node.items.map((item) => recovered(item as YamlNode, start, source));
    return { kind: "seq", start, end, flow: node.flow === true, items };
  }
  if (isScalar(node)) {
    const style = scalarStyles[node.type ?? ""] ?? "plain";
    const text = typeof node.value === "string" ? node.value : (node.source ?? "");
    const isBlock = style === "literal" || style === "folded";
    return new ScalarNode(isBlock ? behindIndicator(source, start, end) : start, end, style, unmaskColons(text));
  }
  return new ScalarNode(start, end, "plain", "");
}

/** `yaml` has a block begin at its `|`; its content begins on the next line. */
function behindIndicator(source: string, start: number, end: number): number {
  const newline = source.indexOf("\n", start);
  return newline < 0 ? end : Math.min(newline + 1, end);
}
