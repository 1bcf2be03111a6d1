import type { Diagnosis } from "#core/diagnosis/diagnosis.ts";
import { missingSentence } from "#core/diagnosis/diagnosis.ts";
import { isAnswered } from "#core/report/conclusions.ts";
import { diagnosisToJson, diagnosisToMarkdown, diagnosisToText } from "#core/report/diagnosis.ts";
import { diagnosisToHtml } from "#core/report/page/page.ts";
import type { Exit } from "./command.ts";
import { pageParts } from "./page-parts.ts";
import { terminal } from "./terminal.ts";

/** What came of a diagnosis, and how the program ends. */
export function printDiagnosis(diagnosis: Diagnosis, format: "text" | "json" | "markdown" | "html"): Exit {
  const { missing, stopped, mayNot, observations } = diagnosis;
  for (const one of missing) terminal.complain(`kube-ipv6 diagnose: ${missingSentence(one)}`);
  // Where the cluster said nothing at all there is no report, and the reason is an error message like any other.
  const isSilent = stopped && !mayNot && (diagnosis.cancelled || !observations.some(({ answer }) => answer.ok));
  if (format === "json") terminal.printData(diagnosisToJson(diagnosis));
  else if (format === "markdown") terminal.print(diagnosisToMarkdown(diagnosis));
  else if (format === "html") terminal.printData(diagnosisToHtml(diagnosis, pageParts()));
  else if (isSilent) return refuse(stopped);
  else if (missing.length === 0) terminal.print(diagnosisToText(diagnosis, { color: terminal.colors }));
  return exitOf(diagnosis);
}

function exitOf(diagnosis: Diagnosis): Exit {
  const { missing, stopped, first, families } = diagnosis;
  if (missing.length > 0) return 2;
  if (stopped) return 3;
  if (first || families.IPv6.fails.length > 0 || families.IPv4.fails.length > 0) return 1;
  return isAnswered(diagnosis) ? 0 : 3;
}

export function refuse({ message, remedy }: { readonly message: string; readonly remedy?: string }): Exit {
  terminal.complain(`kube-ipv6 diagnose: ${message}`);
  if (remedy !== undefined) terminal.complain(remedy);
  return 3;
}
