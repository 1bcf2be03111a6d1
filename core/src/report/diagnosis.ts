import { grouped } from "../diagnosis/group.ts";
import type { Diagnosis } from "../diagnosis.ts";
import {
  type CauseView,
  type DiagnosisView,
  diagnosisView,
  type EvidenceView,
  type FamilyView,
} from "./diagnosis-view.ts";

/**
 * The diagnosis for other programs. Its shape is that of {@link Diagnosis} with the times as `startedAt` (ISO 8601) and
 * `took` (milliseconds), and `format`, which changes when a field changes its meaning or goes.
 */
export function diagnosisToJson(diagnosis: Diagnosis): string {
  const startedAt = new Date(diagnosis.startedAt).toISOString();
  return `${JSON.stringify({ format: 1, ...diagnosis, startedAt }, null, 2)}\n`;
}

/** The whole report, to be kept or sent. */
export function diagnosisToMarkdown(diagnosis: Diagnosis): string {
  const view = diagnosisView(diagnosis);
  const lines = [
    `# ${view.title}`,
    "",
    view.headline,
    "",
    `Context ${code(view.context)}, ${new Date(diagnosis.startedAt).toISOString()}, ${view.cost}.`,
    "",
    ...view.remarks.map((remark) => `* ${remark}`),
    ...(view.remarks.length > 0 ? [""] : []),
    ...view.proven.flatMap(provenSection),
    ...view.families.flatMap(familySection),
    ...section("Possible", view.possible.map(judged)),
    ...section("Could not be decided", view.unknown.map(judged)),
    ...section("Excluded", view.excluded.map(judged)),
    ...section(
      "Not looked at",
      view.notLooked.map(({ what, why }) => `* **${what}**: ${why}`),
    ),
    ...section("Everything that was asked", view.asked.flatMap(evidence)),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

/** For a terminal: what works and what does not, the proven cause with its evidence, and what is not known. */
export function diagnosisToText(diagnosis: Diagnosis, { color }: { readonly color: boolean }): string {
  const view = diagnosisView(diagnosis);
  const paint: Paint = (code, text) => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  const lines = [
    paint(bold, view.title),
    ...view.remarks.map((remark) => `  ${remark}`),
    "",
    ...view.families.flatMap((family) => familyLines(family, paint)),
    ...view.proven.flatMap((cause) => provenLines(cause, paint)),
    ...rest("possible", view.possible, paint),
    ...rest("not decided", view.unknown, paint),
    ...notLookedLines(view, paint),
    paint(bold, view.headline),
    paint(dim, `${view.excluded.length} causes excluded; ${view.cost}`),
  ];
  return `${lines.join("\n")}\n`;
}

type Paint = (code: number, text: string) => string;
const bold = 1;
const dim = 2;
const red = 31;
const green = 32;

function familyLines({ family, works, fails, neutral }: FamilyView, paint: Paint): string[] {
  const shown = (mark: string) => (symptom: { to: string; text: string; from: string }) =>
    `  ${mark} ${symptom.to}: ${symptom.text} ${paint(dim, `(from ${symptom.from})`)}`;
  const lines = [
    ...fails.map(shown(paint(red, "fails"))),
    ...works.map(shown(paint(green, "works"))),
    ...neutral.map(shown(paint(dim, "  -  "))),
  ];
  return [paint(bold, family), ...(lines.length > 0 ? lines : ["  nothing was tried"]), ""];
}

function provenLines(
  { family, summary, because, evidence: seen, fix, confirm, source, id }: CauseView,
  paint: Paint,
): string[] {
  return [
    `${paint(red, "proven")} ${paint(bold, summary)} (${family}, ${id})`,
    `  ${because}`,
    ...seen.flatMap(({ asked, line, command }) => [`  - ${asked}: ${line}`, paint(dim, `    ${command}`)]),
    ...(fix ? [`  ${paint(bold, "fix:")} ${fix}`] : []),
    ...(confirm ? [`  ${paint(bold, "then:")} ${confirm}`] : []),
    paint(dim, `  ${source}`),
    "",
  ];
}

/** Causes that are open for one reason share a line. */
function rest(word: string, causes: readonly CauseView[], paint: Paint): string[] {
  const groups = grouped(causes, ({ because }) => because);
  const lines = groups.map((same) => {
    const [only] = same;
    const what = same.length === 1 && only ? `${only.summary}? (${only.id})` : same.map(({ id }) => id).join(", ");
    return `${paint(bold, word)} ${what}: ${only?.because}`;
  });
  return lines.length > 0 ? [...lines, ""] : [];
}

function notLookedLines({ notLooked }: DiagnosisView, paint: Paint): string[] {
  if (notLooked.length === 0) return [];
  return [paint(bold, "not looked at"), ...notLooked.map(({ what, why }) => `  ${what}: ${why}`), ""];
}

function provenSection(cause: CauseView): string[] {
  const { summary, family, because, fix, confirm, source, evidence: seen } = cause;
  return [
    `## ${summary} (${family})`,
    "",
    `${because}.`,
    "",
    ...(fix ? [`**Fix:** ${fix}`, ""] : []),
    ...(confirm ? [`**How to see that it worked:** ${confirm}`, ""] : []),
    ...seen.flatMap(evidence),
    "",
    `Source: <${source}>`,
    "",
  ];
}

function familySection({ family, works, fails, neutral }: FamilyView): string[] {
  const lines = [
    ...fails.map(({ to, text, from }) => `* **fails** ${to}: ${text} (from ${from})`),
    ...works.map(({ to, text, from }) => `* works ${to}: ${text} (from ${from})`),
    ...neutral.map(({ to, text, from }) => `* not judged ${to}: ${text} (from ${from})`),
  ];
  return section(family, lines.length > 0 ? lines : ["Nothing was tried."]);
}

function judged({ family, summary, because }: CauseView): string {
  return `* **${summary}** (${family}): ${because}`;
}

function evidence({ asked, line, command }: EvidenceView): string[] {
  return [`* ${asked}: ${line}`, ...(command ? [`  ${code(command)}`] : [])];
}

/** A code span whose text may hold backticks. */
function code(text: string): string {
  const longest = Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  return longest > 0 ? `${fence} ${text} ${fence}` : `${fence}${text}${fence}`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${title}`, "", ...lines, ""];
}
