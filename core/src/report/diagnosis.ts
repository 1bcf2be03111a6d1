import type { Diagnosis } from "../diagnosis/diagnosis.ts";
import { codeSpan, escapedMarkdown } from "../text/markdown.ts";
import { mapTexts } from "../text/printable.ts";
import {
  type CauseView,
  type DiagnosisView,
  diagnosisView,
  type EvidenceView,
  type FamilyView,
} from "./diagnosis-view.ts";
import type { WayView } from "./ways.ts";

export { diagnosisToJson } from "./diagnosis-json.ts";
export { diagnosisToText } from "./diagnosis-text.ts";

/** The whole report, to be kept or sent. */
export function diagnosisToMarkdown(diagnosis: Diagnosis): string {
  const view = mapTexts(diagnosisView(diagnosis), escapedMarkdown, verbatim);
  const lines = [
    ...view.restarts.flatMap((restart) => [`**${restart}**`, ""]),
    `# ${view.title}`,
    "",
    view.headline,
    "",
    ...(view.stopped?.remedy === undefined ? [] : [`**What to do:** ${view.stopped.remedy}`, ""]),
    ...view.troubles.map((trouble) => `* ${trouble}`),
    ...view.conclusions.map(({ family, state, text }) => `* **${family}** ${state === "open" ? "?" : state}: ${text}`),
    "",
    `Context ${codeSpan(view.context)}, ${new Date(diagnosis.startedAt).toISOString()}, ${view.cost}.`,
    "",
    ...view.remarks.map((remark) => `* ${remark}`),
    ...(view.remarks.length > 0 ? [""] : []),
    ...view.proven.flatMap(provenSection),
    ...view.families.flatMap(familySection),
    ...view.ways.flatMap(waySection),
    ...section(
      "Largest packets",
      view.sizes.map(
        ({ family, from, to, result, because, expected }) =>
          `* **${family}** from ${from} to ${to}: ${result}; ${because}${expected ? ` (${expected})` : ""}`,
      ),
    ),
    ...section("Possible", view.possible.flatMap(possible)),
    ...section("Noticed, and nothing that was tried fails of it", view.latent.map(judged)),
    ...section("Could not be decided", view.unknown.map(judged)),
    ...section("Excluded", view.excluded.map(judged)),
    ...(view.mayNot ? mayNotSection(view.mayNot) : []),
    ...section(
      "Not looked at",
      view.notLooked.flatMap(({ what, why, command }) => [
        `* **${what}**: ${why}`,
        ...(command ? [`  ${codeSpan(command)}`] : []),
      ]),
    ),
    ...section("Everything that was asked", view.asked.flatMap(evidence)),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

/** What is put into a code span or is a link of ours, and what code asks for the value of. */
const verbatim = new Set(["command", "context", "source", "state", "id", "family", "needs", "role"]);

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

function mayNotSection({ what, role }: NonNullable<DiagnosisView["mayNot"]>): string[] {
  const lines = ["", "The least role that may:", "", "```yaml", ...role, "```"];
  return section("What you may not", [...what.map((right) => `* ${right}`), ...lines]);
}

function familySection({ family, works, fails, neutral }: FamilyView): string[] {
  const lines = [
    ...fails.map(({ to, text, from }) => `* **fails** ${to}: ${text} (from ${from})`),
    ...works.map(({ to, text, from }) => `* works ${to}: ${text} (from ${from})`),
    ...neutral.map(({ to, text, from }) => `* not judged ${to}: ${text} (from ${from})`),
  ];
  return section(family, lines.length > 0 ? lines : ["Nothing was tried."]);
}

/** The broken station first, then the others in the order they are passed. */
function waySection({ family, from, to, broken, hops }: WayView): string[] {
  const sorted = [...(broken ? [broken] : []), ...hops.filter((hop) => hop !== broken)];
  return section(
    `The way over ${family} from ${from} to ${to}`,
    sorted.map(({ hop, where, state, because }) => `* **${state}** ${hop}, ${where}: ${because}`),
  );
}

function possible(cause: CauseView): string[] {
  const { fix, confirm, missing, evidence: seen } = cause;
  return [
    judged(cause),
    ...(missing ? [`  * What would prove it: ${missing}`] : []),
    ...(fix ? [`  * If so: ${fix}`] : []),
    ...(confirm ? [`  * How to see that it helped: ${confirm}`] : []),
    ...seen.slice(0, 1).flatMap((one) => evidence(one).map((line) => `  ${line}`)),
  ];
}

function judged({ family, summary, because }: CauseView): string {
  return `* **${summary}** (${family}): ${because}`;
}

function evidence({ asked, line, command }: EvidenceView): string[] {
  return [`* ${asked}: ${line}`, ...(command ? [`  ${codeSpan(command)}`] : [])];
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`## ${title}`, "", ...lines, ""];
}
