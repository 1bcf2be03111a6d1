import { type Assessed, type Class, type Readiness, type StepName, steps } from "../../readiness/model.ts";
import { type Html, html } from "../../text/html.ts";
import { printableIn } from "../../text/printable.ts";
import { alonePage, type PageParts } from "./page.ts";

const classes: readonly { readonly name: Class; readonly tone: string; readonly mark: string }[] = [
  { name: "IPv4-only", tone: "fails", mark: "\u2717" },
  { name: "dual", tone: "partly", mark: "!" },
  { name: "unknown", tone: "open", mark: "?" },
  { name: "IPv6-only-ready", tone: "works", mark: "\u2713" },
];

/** What "yes" means in each column; docs/readiness.md has the whole of it. */
const meanings: Readonly<Record<StepName, string>> = {
  declared: "its Services have IPv6 among their families",
  assigned: "its pods have an IPv6 address",
  listening: "its ports are listened on over IPv6",
  allowed: "no policy lets it through over IPv4 alone",
  resolvable: "its DNS server has an IPv6 address",
  reached: "a ready endpoint or a client is there over IPv6",
};

const marks = { yes: "\u2713 yes", no: "\u2717 no", unknown: "? not known", none: "\u2013" } as const;
const tones = { yes: "works", no: "fails", unknown: "open", none: "not-tried" } as const;

/** Readiness as one file that loads nothing. */
export function readinessToHtml(readiness: Readiness, context: string, parts: PageParts): string {
  const { workloads, unread } = printableIn(readiness);
  const open = workloads.filter(({ class: is }) => is !== "IPv6-only-ready");
  const body = html`<main><header><h1>Can IPv4 be turned off?</h1>
<div class="verdicts">${classes.map(({ name, tone, mark }) => box(name, tone, mark, workloads))}</div>
<p class="quiet">${workloads.length} ${workloads.length === 1 ? "workload" : "workloads"} of ${context}</p></header>
${unread.length === 0 ? undefined : html`<div class="banner warning">${unread.map((text) => html`<div>${text}</div>`)}</div>`}
${workloads.length === 0 ? html`<p>No workload was found.</p>` : table(workloads)}
${open.length === 0 ? undefined : html`<h2>What to change, and what is not known</h2>${open.map(card)}`}
</main>`;
  return alonePage("Can IPv4 be turned off?", body, parts);
}

function box(name: Class, tone: string, mark: string, workloads: readonly Assessed[]): Html {
  const count = workloads.filter(({ class: is }) => is === name).length;
  return html`<div class="verdict ${count === 0 ? "open" : tone}"><span class="mark" aria-hidden="true">${mark}</span> <b class="said">${count}</b> <span>${name}</span></div>`;
}

function table(workloads: readonly Assessed[]): Html {
  const row = (one: Assessed) =>
    html`<tr><th scope="row">${one.workload}</th><td class="whole">${one.class}</td>${steps.map((name) => html`<td class="whole ${tones[one.steps[name].is]}"><span class="said">${marks[one.steps[name].is]}</span></td>`)}</tr>`;
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Workloads and what was seen of them"><table class="matrix">
<thead><tr><th scope="col">Workload</th><th scope="col">Class</th>${steps.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${workloads.map(row)}</tbody></table></div>
<details><summary class="small">What the columns mean</summary><ul>${steps.map((name) => html`<li><b>${name}</b>: ${meanings[name]}</li>`)}</ul></details>`;
}

function card({ workload, class: is, blocks, steps: rungs, notes }: Assessed): Html {
  const told = blocks.map(({ what, where }) => html`<li>${what}<div class="quiet">change: ${where}</div></li>`);
  const unknown = steps
    .filter((name) => rungs[name].is === "unknown")
    .map((name) => html`<li><b>${name}</b> is not known: ${rungs[name].why}</li>`);
  return html`<section class="card ${{ "IPv4-only": "fails", dual: "partly", unknown: "unseen", "IPv6-only-ready": "" }[is]}"><h3>${workload} <span class="badge">${is}</span></h3>
<ul>${[...told, ...unknown]}</ul>${notes.map((note) => html`<p class="quiet">${note}</p>`)}</section>`;
}
