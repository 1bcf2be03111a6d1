import type { Diagnosis } from "../diagnosis/diagnosis.ts";
import { codeSpan, escapedMarkdown } from "../text/markdown.ts";
import { diagnosisView } from "./diagnosis-view.ts";
import { type MatrixCell, matrixOf } from "./matrix.ts";

/** Lines of attempts that a message may have. */
const most = 12;

/** What one would write to a colleague: conclusions, cause, fix, and what differs between the families. Markdown, at most some 30 lines. */
export function diagnosisToChat(diagnosis: Diagnosis): string {
  const view = diagnosisView(diagnosis);
  const text = escapedMarkdown;
  const rows = matrixOf(diagnosis).filter(({ differs, cells }) => differs || cells.IPv6.state === "fails");
  const lines = [
    `**${text(view.title)}** (context ${codeSpan(view.context)}, ${new Date(diagnosis.startedAt).toISOString().slice(0, 16)}Z)`,
    ...view.restarts.map((restart) => `* **${text(restart)}**`),
    ...(view.conclusions.length === 0 ? [text(view.headline)] : []),
    ...view.conclusions.map(
      ({ family, state, text: why }) => `* **${family} ${state === "open" ? "?" : state}**: ${text(why)}`,
    ),
    ...view.proven.flatMap(({ summary, because, fix, commands, evidence }) => [
      "",
      `**Proven: ${text(summary)}**. ${text(because)}.`,
      ...(fix ? [`Fix: ${text(fix)}`] : []),
      ...commands.map(({ command, on }) => `${on ? `On ${text(on)}: ` : ""}${codeSpan(command)}`),
      ...evidence.slice(0, 2).map(({ asked, line }) => `* ${text(asked)}: ${text(line)}`),
    ]),
    ...view.possible.slice(0, 3).map(({ summary, because }) => `* Possible: ${text(summary)}: ${text(because)}`),
    ...(rows.length === 0 ? [] : ["", "| target | IPv6 | IPv4 |", "|---|---|---|"]),
    ...rows
      .slice(0, most)
      .map(({ target, cells }) => `| ${text(target)} | ${cellText(cells.IPv6)} | ${cellText(cells.IPv4)} |`),
    ...(rows.length > most ? ["", `and ${rows.length - most} more`] : []),
  ];
  return `${lines.join("\n").trimEnd()}\n`;
}

function cellText({ state, text }: MatrixCell): string {
  return state === "fails" ? `**fails**: ${escapedMarkdown(text)}` : state === "works" ? "works" : state;
}
