import type { Diagnosis, ReportedSymptom, Verdict } from "#core/diagnosis.ts";
import { targetName } from "#core/diagnosis.ts";

/** The report as Markdown, to be kept or sent: what the page shows, in the same order. */
export function diagnosisToMarkdown(diagnosis: Diagnosis): string {
  const { verdicts, notLooked, observations } = diagnosis;
  const of = (status: Verdict["status"]) => verdicts.filter((verdict) => verdict.status === status);
  return [
    ...head(diagnosis),
    ...of("proven").flatMap((verdict) => cause(verdict, diagnosis)),
    ...(["IPv6", "IPv4"] as const).flatMap((family) => symptoms(family, diagnosis)),
    ...list("Possible causes", of("possible").map(judged)),
    ...list("Not decided", of("unknown").map(judged)),
    ...list(
      "Not looked at",
      notLooked.map(({ what, why }) => `**${what}**: ${why}`),
    ),
    ...list("Excluded", of("excluded").map(judged)),
    ...list(
      "Everything that was asked",
      observations.map(({ asked, line, command }) => `${asked}: ${line}\n  \`${command}\``),
    ),
  ].join("\n");
}

function head({ context, subject: { from, to }, startedAt, cancelled, chosen }: Diagnosis): string[] {
  const source = from === undefined ? "the whole cluster" : `pod ${from.namespace}/${from.name}`;
  const target = to === undefined ? "" : ` to ${targetName(to)}`;
  const notes = cancelled ? ["It was cancelled: what was not asked until then is not in it.", ...chosen] : chosen;
  const when = new Date(startedAt).toISOString();
  return [
    `# IPv6 Diagnosis of ${source}${target}`,
    "",
    `Context ${context}, ${when}.`,
    "",
    ...notes.flatMap((note) => [note, ""]),
  ];
}

function cause(
  { summary, because, family, fix, confirm, evidence, source }: Verdict,
  { observations }: Diagnosis,
): string[] {
  const proofs = evidence.flatMap(({ observation, line }) => {
    const asked = observations.find(({ id }) => id === observation);
    return asked === undefined ? [] : [`* ${asked.asked}: ${line}`, `  \`${asked.command}\``];
  });
  const action = fix === undefined ? [] : [`**What to do:** ${fix}`, ""];
  const check = confirm === undefined ? [] : [`**How to see that it helped:** ${confirm}`, ""];
  return [`## ${summary} (${family})`, "", `${because}.`, "", ...action, ...check, ...proofs, "", `<${source}>`, ""];
}

function symptoms(family: "IPv4" | "IPv6", diagnosis: Diagnosis): string[] {
  const own = diagnosis.symptoms.filter((symptom) => symptom.family === family);
  return list(
    family,
    own.map((symptom) => `${word(symptom)}: ${symptom.to}: ${symptom.text} (from ${symptom.from})`),
  );
}

function word({ failed, outcome }: ReportedSymptom): string {
  if (failed) return "fails";
  return outcome === "ok" ? "works" : "not judged";
}

function judged({ family, summary, because }: Verdict): string {
  return `**${summary}** (${family}): ${because}`;
}

function list(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`## ${title}`, "", ...items.map((item) => `* ${item}`), ""];
}
