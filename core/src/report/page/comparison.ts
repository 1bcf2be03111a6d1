import type { Diagnosis } from "../../diagnosis/diagnosis.ts";
import { type Html, html } from "../../text/html.ts";
import { printableIn } from "../../text/printable.ts";
import { type Changes, changesBetween, changesInWords, type NamedCause } from "../changes.ts";
import { diagnosisView } from "../diagnosis-view.ts";
import { contentPolicy, documentOf, type PageResources } from "./page.ts";

/** A diagnosis with the time it was made, as its reader writes times. */
export interface Timed {
  readonly diagnosis: Diagnosis;
  readonly when: string;
}

/** Two diagnoses side by side, the earlier one first. */
export function comparisonPage(before: Timed, after: Timed, { cspSource, style, script }: PageResources): string {
  const changes = printableIn(changesBetween(before.diagnosis, after.diagnosis));
  const csp = `default-src 'none'; style-src ${cspSource}; script-src ${cspSource}`;
  const body = html`<main>
<h1 tabindex="-1">Two IPv6 diagnoses compared</h1>
<p class="strip">${changesInWords(changes)}.</p>
<div class="columns">${head(before)}${head(after)}</div>
${causes(changes)}
${rows(changes, before.when, after.when)}
</main><script src="${script}"></script>`;
  return documentOf(
    "Two IPv6 diagnoses compared",
    html`${contentPolicy(csp)}<link rel="stylesheet" href="${style}">`,
    body,
  );
}

function head({ diagnosis, when }: Timed): Html {
  const view = printableIn(diagnosisView(diagnosis));
  const lines = view.conclusions.map(
    ({ family, state, text }) =>
      html`<p class="verdict ${state}"><b class="said">${family} ${state === "open" ? "not known" : state}</b> <span>${text}</span></p>`,
  );
  return html`<section><h2>${when}</h2><p>${view.title}</p><p class="quiet">Context ${view.context}</p>${lines.length === 0 ? html`<p>${view.headline}</p>` : lines}</section>`;
}

function causes({ gone, came, stayed }: Changes): Html | undefined {
  if (gone.length + came.length + stayed.length === 0) return undefined;
  const line = (word: string) => (cause: NamedCause) =>
    html`<li><b>${word}</b> ${cause.summary} <span class="quiet">(${cause.id})</span></li>`;
  return html`<h2>Proven causes</h2><ul>${gone.map(line("gone:"))}${came.map(line("new:"))}${stayed.map(line("still there:"))}</ul>`;
}

function rows({ rows: changed }: Changes, before: string, after: string): Html {
  if (changed.length === 0) return html`<p>Every attempt that was made both times came out the same.</p>`;
  const lines = changed.map(
    ({ target, family, before: was, after: is }) =>
      html`<tr><th scope="row">${target}</th><td>${family}</td><td class="${classOf(was)}"><b class="said">${was}</b></td><td class="${classOf(is)}"><b class="said">${is}</b></td></tr>`,
  );
  return html`<h2>What came out otherwise</h2><table class="matrix"><thead><tr><th scope="col">Target</th><th scope="col">Family</th><th scope="col">${before}</th><th scope="col">${after}</th></tr></thead><tbody>${lines}</tbody></table>`;
}

function classOf(state: string): string {
  return state.replace(" ", "-");
}
