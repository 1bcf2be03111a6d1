import type { Diagnosis, Verdict } from "#core/diagnosis.ts";
import { targetName } from "#core/diagnosis.ts";
import { commandOf, familyBadge, verdictCard } from "./cause.ts";
import { Html, html } from "./markup.ts";
import { symptomColumns } from "./symptoms.ts";

/** What a page may load: its own style and script, and nothing from anywhere else. */
export interface Resources {
  /** The source expression of the webview for `Content-Security-Policy`. */
  readonly cspSource: string;
  readonly style: string;
  readonly script: string;
}

/** The report as one HTML document: the root cause first, then what works, what else was judged, and every question. */
export function reportPage(diagnosis: Diagnosis, { cspSource, style, script }: Resources): string {
  const csp = `default-src 'none'; style-src ${cspSource}; script-src ${cspSource}`;
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${csp}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>IPv6 Diagnosis</title>
</head>
<body>
${header(diagnosis)}
${outcome(diagnosis)}
<h2>What works and what does not</h2>
${symptomColumns(diagnosis)}
${judged(diagnosis, "possible", "Possible causes", true)}
${judged(diagnosis, "unknown", "Not decided", diagnosis.first === undefined)}
${notLooked(diagnosis)}
${judged(diagnosis, "excluded", "Excluded", false)}
${questions(diagnosis)}
<script src="${script}"></script>
</body>
</html>`.text;
}

function header({ context, subject, startedAt, took, execs, observations, chosen, cancelled }: Diagnosis): Html {
  const from = subject.from === undefined ? "the whole cluster" : `pod ${subject.from.namespace}/${subject.from.name}`;
  const to = subject.to === undefined ? "" : ` to ${targetName(subject.to)}`;
  const when = new Date(startedAt).toLocaleString();
  const cost = `${observations.length} questions, ${execs} ${execs === 1 ? "exec" : "execs"}, ${(took / 1000).toFixed(1)} s`;
  return html`<header>
<div class="actions">
<button data-save="markdown">Save as Markdown</button>
<button class="secondary" data-save="json">Save as JSON</button>
<button class="secondary" data-again>Run again</button>
</div>
<h1>IPv6 Diagnosis of ${from}${to}</h1>
<p class="quiet">Context ${context}, ${when}: ${cost}.</p>
${cancelled ? html`<p class="banner warning">It was cancelled: what was not asked until then is not in it.</p>` : undefined}
${chosen.length === 0 ? undefined : html`<p class="quiet">Chosen: ${chosen.join("; ")}.</p>`}
</header>`;
}

function outcome(diagnosis: Diagnosis): Html {
  const { verdicts, symptoms, first } = diagnosis;
  const proven = verdicts.filter(({ status }) => status === "proven");
  if (first !== undefined) {
    const others = proven.filter((verdict) => verdict !== first);
    const more = others.length === 0 ? undefined : html`<h2>Also proven</h2>${cards(diagnosis, others)}`;
    return html`<h2>Root cause</h2>${cards(diagnosis, [first])}${more}`;
  }
  const failed = symptoms.filter((symptom) => symptom.failed).length;
  const looked = symptoms.filter((symptom) => symptom.outcome !== "not-looked").length;
  if (failed > 0) {
    return html`<p class="banner warning">${failed} of ${looked} attempts failed, and no cause could be proven.</p>`;
  }
  if (looked === 0) return html`<p class="banner warning">Nothing could be tried; the reasons stand below.</p>`;
  return html`<p class="banner good">Nothing that was tried failed where it should work.</p>`;
}

function judged(diagnosis: Diagnosis, status: Verdict["status"], title: string, open: boolean): Html | undefined {
  const verdicts = diagnosis.verdicts.filter((verdict) => verdict.status === status);
  if (verdicts.length === 0) return undefined;
  const lines = verdicts.map(
    ({ family, summary, because }) => html`<li>${familyBadge(family)} <b>${summary}</b>: ${because}</li>`,
  );
  return section(`${title} (${verdicts.length})`, html`<ul>${lines}</ul>`, open);
}

function notLooked({ notLooked: missing }: Diagnosis): Html | undefined {
  if (missing.length === 0) return undefined;
  const lines = missing.map(({ what, why }) => html`<li><b>${what}</b>: ${why}</li>`);
  return section(`Not looked at (${missing.length})`, html`<ul>${lines}</ul>`, true);
}

function questions({ observations }: Diagnosis): Html {
  const rows = observations.map(
    ({ asked, line, command, answer }) => html`<li class="${answer.ok ? "" : "refused"}">
<div>${asked}</div><div class="answer">${line}</div>${commandOf(command)}</li>`,
  );
  return section(`Everything that was asked (${observations.length})`, html`<ul class="questions">${rows}</ul>`, false);
}

function cards(diagnosis: Diagnosis, verdicts: readonly Verdict[]): readonly Html[] {
  return verdicts.map((verdict) => verdictCard(verdict, diagnosis.observations));
}

function section(title: string, body: Html, open: boolean): Html {
  return html`<details${open ? new Html(" open") : undefined}><summary>${title}</summary>${body}</details>`;
}
