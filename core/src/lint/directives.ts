import { type Shape, shapes } from "../addresses/shape.ts";
import type { Document } from "../manifest/document.ts";
import type { Range } from "../manifest/field.ts";
import type { Finding } from "./rule.ts";

/**
 * What comments in a file say to the linter:
 *
 * - `# kube-ipv6-disable-next-line RULE[, RULE] -- reason`
 * - `# kube-ipv6-disable-line RULE -- reason`, at the end of the line itself
 * - `# kube-ipv6-disable-file RULE -- reason`, anywhere in the file
 * - `# kube-ipv6-cluster: dual-v4` and `# kube-ipv6-kubernetes: 1.34`, what the file is meant for
 *
 * RULE is a rule's id or one of its codes; without any, all rules are meant.
 */
export interface Directives {
  /** False where there are none. */
  readonly any: boolean;
  /** What they turn off in the whole file, in a form that can be compared. */
  readonly wholeFile: string;
  disables(document: number, finding: Finding): boolean;
  readonly cluster: Shape | undefined;
  /** Minor version of Kubernetes 1 */
  readonly kubernetes: number | undefined;
}

const none: Directives = {
  any: false,
  wholeFile: "",
  disables: () => false,
  cluster: undefined,
  kubernetes: undefined,
};
const nothing: readonly Directive[] = [];
const cache = new WeakMap<Document, readonly Directive[]>();

export function directives(documents: readonly Document[]): Directives {
  const found = documents.map(directivesOf);
  const all = found.flat();
  if (all.length === 0) return none;
  const wholeFile = all.filter(({ verb }) => verb === "disable-file");
  const version = /^1\.(\d+)/.exec(all.find(({ verb }) => verb === "kubernetes")?.words[0] ?? "")?.[1];
  const cluster = all.find(({ verb }) => verb === "cluster")?.words[0];
  return {
    any: true,
    wholeFile: JSON.stringify(wholeFile.map(({ words }) => words)),
    disables: (document, finding) =>
      wholeFile.some((directive) => names(directive, finding)) ||
      (found[document]?.some((directive) => covers(directive, finding) && names(directive, finding)) ?? false),
    cluster: shapes.find((shape) => shape === cluster),
    kubernetes: version === undefined ? undefined : Number(version),
  };
}

/** The words in comments that turn rules off and are no rule's name, with their place in the document. */
export function unknownNames(document: Document, names: ReadonlySet<string>): (Range & { readonly name: string })[] {
  return directivesOf(document)
    .filter(({ verb }) => verb.startsWith("disable"))
    .flatMap(({ words, at }) => words.map((name) => ({ name, at: document.text.indexOf(name, at) })))
    .filter(({ name }) => !names.has(name))
    .map(({ name, at }) => ({ name, start: at, end: at + name.length }));
}

/** Cheap, and true for every document that says anything to the linter. */
export function mayDirect({ text }: Document): boolean {
  return text.includes("# kube-ipv6-");
}

interface Directive {
  readonly verb: string;
  readonly words: readonly string[];
  /** Where its words begin. */
  readonly at: number;
  /** The offsets it holds for. */
  readonly from: number;
  readonly to: number;
}

function directivesOf(document: Document): readonly Directive[] {
  if (!mayDirect(document)) return nothing;
  let known = cache.get(document);
  if (!known) {
    known = read(document.text);
    cache.set(document, known);
  }
  return known;
}

function read(text: string): Directive[] {
  const pattern = /# kube-ipv6-(disable-next-line|disable-line|disable-file|cluster|kubernetes)\b:?([^\n]*)/g;
  return [...text.matchAll(pattern)].map((match) => {
    const verb = match[1] ?? "";
    const words =
      (match[2] ?? "")
        .split("--")[0]
        ?.split(/[\s,"]+/)
        .filter((word) => word !== "") ?? [];
    const line = text.lastIndexOf("\n", match.index) + 1;
    const from = verb === "disable-next-line" ? endOfLine(text, match.index) : line;
    const at = match.index + match[0].length - (match[2] ?? "").length;
    return { verb, words, at, from, to: endOfLine(text, from) };
  });
}

function endOfLine(text: string, from: number): number {
  const newline = text.indexOf("\n", from);
  return newline < 0 ? text.length : newline + 1;
}

function covers({ verb, from, to }: Directive, { start }: Finding): boolean {
  return (verb === "disable-next-line" || verb === "disable-line") && start >= from && start < to;
}

function names({ words }: Directive, { rule, codes }: Finding): boolean {
  return words.length === 0 || words.includes(rule) || codes.some((code) => words.includes(code));
}
