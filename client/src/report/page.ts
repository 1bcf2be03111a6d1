import type { Diagnosis } from "#core/diagnosis/diagnosis.ts";
import {
  type CauseView,
  type DiagnosisView,
  diagnosisView,
  type EvidenceView,
  type WayView,
} from "#core/report/diagnosis-view.ts";
import { Html, html } from "../markup.ts";
import { causeCard, commandLine, evidenceList, familyBadge } from "./cause.ts";
import { familyColumns } from "./families.ts";

/** What a page may load: its own style and script, and nothing from anywhere else. */
export interface Resources {
  /** The source expression of the webview for `Content-Security-Policy`. */
  readonly cspSource: string;
  readonly style: string;
  readonly script: string;
}

/** The report as one HTML document: the root cause first, then what works, what else was judged, and every question. */
export function reportPage(diagnosis: Diagnosis, { cspSource, style, script }: Resources): string {
  const view = diagnosisView(diagnosis);
  const csp = `default-src 'none'; style-src ${cspSource}; script-src ${cspSource}`;
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${csp}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>${view.title}</title>
</head>
<body>
${restarts(view)}
${header(view, new Date(diagnosis.startedAt))}
${troubles(view)}
${banner(view)}
${provenCauses(view.proven)}
${view.families.length === 0 ? undefined : html`<h2>What works and what does not</h2>${familyColumns(view.families)}`}
${view.ways.map(way)}
${judged(view.possible, "Possible causes", true)}
${judged(view.latent, "Noticed, and nothing that was tried fails of it", false)}
${judged(view.unknown, "Not decided", view.proven.length === 0)}
${mayNot(view)}
${notLooked(view)}
${judged(view.excluded, "Excluded", false)}
${questions(view.asked)}
<script src="${script}"></script>
</body>
</html>`.text;
}

function header({ title, context, cost, remarks, stopped }: DiagnosisView, started: Date): Html {
  const actions = stopped
    ? html`<button data-again>Retry</button>`
    : html`<button data-save="markdown">Save as Markdown</button>
<button class="secondary" data-save="json">Save as JSON</button>
<button class="secondary" data-again>Run again</button>`;
  return html`<header>
<div class="actions">
${actions}
</div>
<h1>${title}</h1>
<p class="quiet">Context ${context}, ${started.toLocaleString()}: ${cost}.</p>
${remarks.length === 0 ? undefined : html`<p class="quiet">${remarks.join("; ")}.</p>`}
</header>`;
}

function restarts({ restarts: found }: DiagnosisView): Html | undefined {
  if (found.length === 0) return undefined;
  return html`<div class="banner warning">${found.map((text) => html`<div>${text}</div>`)}</div>`;
}

function troubles({ troubles: found }: DiagnosisView): Html | undefined {
  if (found.length === 0) return undefined;
  return html`<div class="banner warning">${found.map((text) => html`<div>${text}</div>`)}</div>`;
}

/** Where a cause is proven its card says it all. */
function banner({ headline, proven, families, stopped }: DiagnosisView): Html | undefined {
  if (stopped)
    return html`<div class="banner warning"><div>${headline}</div>${stopped.remedy === undefined ? undefined : html`<div>${stopped.remedy}</div>`}</div>`;
  if (proven.length > 0) return undefined;
  const fails = families.some((family) => family.fails.length > 0);
  const works = families.some((family) => family.works.length > 0);
  const tone = fails || !works ? "warning" : "good";
  return html`<p class="banner ${tone}">${headline}</p>`;
}

function provenCauses([root, ...others]: readonly CauseView[]): Html | undefined {
  if (root === undefined) return undefined;
  const more = others.length === 0 ? undefined : html`<h2>Also proven</h2>${others.map(causeCard)}`;
  return html`<h2>Root cause</h2>${causeCard(root)}${more}`;
}

/** The station that breaks first, then all of them in the order a packet passes them; open where no cause is proven. */
function way({ family, from, to, broken, explained, hops }: WayView): Html {
  const lines = hops.map(
    ({ hop, where, state, because }) => html`<li><b>${state}</b> ${hop}, ${where}: ${because}</li>`,
  );
  const first = broken && html`<p><b>${broken.hop}, ${broken.where}</b>: ${broken.because}</p>`;
  return section(`The way over ${family} from ${from} to ${to}`, html`${first}<ul>${lines}</ul>`, !explained);
}

function judged(causes: readonly CauseView[], title: string, open: boolean): Html | undefined {
  if (causes.length === 0) return undefined;
  const lines = causes.map(
    ({ family, summary, because, fix, missing }) => html`<li>${familyBadge(family)} <b>${summary}</b>: ${because}
${fix === undefined ? undefined : html`<p>If so: ${fix}</p>`}${missing === undefined ? undefined : html`<p class="quiet">What would prove it: ${missing}</p>`}</li>`,
  );
  return section(`${title} (${causes.length})`, html`<ul>${lines}</ul>`, open);
}

/** Each right once, and the role to copy. */
function mayNot({ mayNot: rights }: DiagnosisView): Html | undefined {
  if (rights === undefined) return undefined;
  const role = rights.role.join("\n");
  const lines = rights.what.map((right) => html`<li>${right}</li>`);
  const body = html`<ul>${lines}</ul><p>The least role that may:</p>
<div class="command"><pre><code>${role}</code></pre><button class="copy" data-copy="${role}" aria-label="Copy the role">Copy</button></div>`;
  return section(`What you may not (${rights.what.length})`, body, true);
}

function notLooked({ notLooked: missing }: DiagnosisView): Html | undefined {
  if (missing.length === 0) return undefined;
  const lines = missing.map(
    ({ what, why, command }) => html`<li><b>${what}</b>: ${why}${command && commandLine(command)}</li>`,
  );
  return section(`Not looked at (${missing.length})`, html`<ul>${lines}</ul>`, true);
}

function questions(asked: readonly EvidenceView[]): Html {
  return section(`Everything that was asked (${asked.length})`, evidenceList(asked), false);
}

function section(title: string, body: Html, open: boolean): Html {
  return html`<details${open ? new Html(" open") : undefined}><summary>${title}</summary>${body}</details>`;
}
