import type { Document } from "./manifest/document.ts";
import type { Finding } from "./rule.ts";

/**
 * Comments that turn rules off, with the reason behind two dashes:
 *
 * - `# kube-ipv6-disable-next-line RULE[, RULE] -- reason`
 * - `# kube-ipv6-disable-line RULE`, at the end of the line itself
 * - `# kube-ipv6-disable-file RULE`, anywhere in the file
 *
 * RULE is a rule's id or one of its codes; without any, all rules are meant.
 */
export function suppressions(documents: readonly Document[]): (document: number, finding: Finding) => boolean {
  const wholeFile: Directive[] = [];
  const local = documents.map(({ text }) => {
    if (!text.includes("kube-ipv6-disable")) return [];
    const found = directives(text);
    wholeFile.push(...found.filter(({ scope }) => scope === "file"));
    return found.filter(({ scope }) => scope !== "file");
  });
  return (document, finding) =>
    wholeFile.some((directive) => names(directive, finding)) ||
    (local[document]?.some(
      (directive) => finding.start >= directive.from && finding.start < directive.to && names(directive, finding),
    ) ??
      false);
}

interface Directive {
  readonly scope: "next-line" | "line" | "file";
  readonly rules: readonly string[];
  /** The offsets it holds for. */
  readonly from: number;
  readonly to: number;
}

function directives(text: string): Directive[] {
  return [...text.matchAll(/#\s*kube-ipv6-disable-(next-line|line|file)\b([^\n]*)/g)].map((match) => {
    const scope = match[1] as Directive["scope"];
    const rules =
      (match[2] ?? "")
        .split("--")[0]
        ?.split(/[\s,]+/)
        .filter((word) => word !== "") ?? [];
    const line = text.lastIndexOf("\n", match.index) + 1;
    const from = scope === "next-line" ? end(text, match.index) : line;
    return { scope, rules, from, to: end(text, from) };
  });
}

function end(text: string, from: number): number {
  const newline = text.indexOf("\n", from);
  return newline < 0 ? text.length : newline + 1;
}

function names({ rules }: Directive, { rule, codes }: Finding): boolean {
  return rules.length === 0 || rules.includes(rule) || codes.some((code) => rules.includes(code));
}
