import type { Finding, FixKind, Severity } from "../lint/rule.ts";
import type { ManifestFile, Position } from "../manifest/file.ts";
import { printable, printableIn, printableJson } from "../text/printable.ts";
import { sentenceOf, type Unjudged } from "./unjudged.ts";

/** A finding as other programs read it. Lines, characters (UTF-16 units) and documents count from 0. */
export interface FileFinding {
  readonly file: string;
  readonly document: number;
  readonly kind: string;
  readonly name: string;
  readonly rule: string;
  readonly codes: readonly string[];
  readonly severity: Severity;
  readonly path: string;
  readonly message: string;
  readonly range: { readonly start: Position; readonly end: Position };
  /** `lint --fix` mends it. */
  readonly fixable: boolean;
  /** A fix is offered: of spelling, or one that a person has to want, in the editor or with `--fix-rule`. */
  readonly fix?: FixKind;
}

export function toFileFinding(
  name: string,
  file: ManifestFile,
  document: number,
  finding: Finding,
  fixable = false,
): FileFinding {
  const { kind, rule, codes, severity, path, message, start, end, fixes } = finding;
  const range = { start: file.position(document, start), end: file.position(document, end) };
  return {
    file: name,
    document,
    kind,
    name: finding.name ?? "",
    rule,
    codes,
    severity,
    path,
    message,
    range,
    fixable,
    ...(fixes[0] ? { fix: fixes[0].kind } : {}),
  };
}

/** One JSON array, one finding a line so that a diff of two runs reads well. */
export function lintToJson(findings: readonly FileFinding[]): string {
  return findings.length === 0
    ? "[]\n"
    : `[\n${findings.map((finding) => `  ${printableJson(JSON.stringify(finding))}`).join(",\n")}\n]\n`;
}

/** For people: the place as editors and terminals make it a link, `file:line:column`, counted from 1. */
export function lintToText(findings: readonly FileFinding[], { color }: { readonly color: boolean }): string {
  const paint = (code: number, text: string) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  const colors: Record<Severity, number> = { error: 31, warning: 33, information: 36 };
  return printableIn(findings)
    .map(({ file, range: { start }, severity, message, rule, codes, kind, name, path, fixable, fix }) => {
      const place = `${file}:${start.line + 1}:${start.character + 1}`;
      const what = `${[kind, name].filter((word) => word !== "").join("/")} ${path}`.trim();
      const offer = fixable ? " (--fix mends it)" : fix ? " (a fix is offered)" : "";
      const tail = `[${[rule, ...codes].join(" ")}]${offer}`;
      return `${paint(1, place)} ${paint(colors[severity], severity)} ${message}\n    ${paint(2, `${what} ${tail}`)}\n`;
    })
    .join("");
}

export function counts(findings: readonly FileFinding[]): Readonly<Record<Severity, number>> {
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  return { error: count("error"), warning: count("warning"), information: count("information") };
}

/** The two characters that end a line have a spelling of their own there; what a terminal would obey has none. */
function escaped(part: string): string {
  if (part === "\r" || part === "\n") return part === "\r" ? "%0D" : "%0A";
  return printable(part).replaceAll("%", "%25");
}

/** Workflow commands, {@link https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands}. */
export function lintToGitHub(findings: readonly FileFinding[], unjudged: readonly Unjudged[]): string {
  const levels: Record<Severity, string> = { error: "error", warning: "warning", information: "notice" };
  const data = (text: string) =>
    text
      .split(/([\r\n])/)
      .map(escaped)
      .join("");
  const property = (text: string) => data(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
  const missed = unjudged.map((each) => {
    const { file, line = 0 } = each;
    const place = file === undefined ? "" : `file=${property(file)},line=${line + 1},`;
    return `::error ${place}title=kube-ipv6 not judged::${data(sentenceOf(each))}\n`;
  });
  return findings
    .map(({ file, range: { start, end }, severity, message, rule }) => {
      const place = `file=${property(file)},line=${start.line + 1},col=${start.character + 1},endLine=${end.line + 1},endColumn=${end.character + 1}`;
      return `::${levels[severity]} ${place},title=${property(`kube-ipv6 ${rule}`)}::${data(message)}\n`;
    })
    .concat(missed)
    .join("");
}
