import type { ManifestFile, Position } from "../manifest/file.ts";
import type { FileFinding } from "./lint.ts";

/**
 * Leads a finding in the output of `helm template` back to the chart: Helm writes `# Source: chart/templates/x.yaml`
 * above every document. The line in the template is the one with the same text, if there is exactly one; else the
 * finding names the template and keeps the range it has in the output.
 * {@link https://helm.sh/docs/helm/helm_template/}
 */
export function rendered(
  file: ManifestFile,
  read: (path: string) => { readonly text: string } | { readonly why: string },
): ((finding: FileFinding) => FileFinding) | undefined {
  const sources = file.documents.map(({ text }) => /^# Source: (\S+)/m.exec(text)?.[1]);
  if (sources.every((source) => source === undefined)) return undefined;
  const templates = new Map<string, { readonly name: string; readonly lines: readonly string[] } | undefined>();
  const open = (source: string) => {
    if (!templates.has(source)) templates.set(source, locate(source, read));
    return templates.get(source);
  };
  return (finding) => {
    const source = sources[finding.document];
    const template = source === undefined ? undefined : open(source);
    if (source === undefined || !template) return source === undefined ? finding : { ...finding, file: source };
    const range = sameLine(file, finding, template.lines);
    return { ...finding, file: template.name, ...(range ? { range } : {}) };
  };
}

/** The chart's name is the first folder of a Source; where one stands in the chart itself, it is left out. */
function locate(source: string, read: (path: string) => { text: string } | { why: string }) {
  for (const name of [source, source.slice(source.indexOf("/") + 1)]) {
    const result = read(name);
    if ("text" in result) return { name, lines: result.text.split("\n") };
  }
  return undefined;
}

function sameLine(
  file: ManifestFile,
  { document, range }: FileFinding,
  lines: readonly string[],
): { start: Position; end: Position } | undefined {
  const written = file.documents[document]?.text.split("\n")[range.start.line - file.lineOf(document)]?.trim();
  const hits = lines.flatMap((line, index) => (line.trim() === written ? [index] : []));
  const [line] = hits;
  if (hits.length !== 1 || line === undefined || range.end.line !== range.start.line) return undefined;
  const shift = (lines[line] ?? "").indexOf(written ?? "") - indentOf(file, document, range.start.line);
  return {
    start: { line, character: range.start.character + shift },
    end: { line, character: range.end.character + shift },
  };
}

function indentOf(file: ManifestFile, document: number, line: number): number {
  const text = file.documents[document]?.text.split("\n")[line - file.lineOf(document)] ?? "";
  return text.length - text.trimStart().length;
}
