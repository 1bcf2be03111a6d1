import type { Diagnosis } from "../../diagnosis/diagnosis.ts";
import { Html, html } from "../../text/html.ts";
import { printableIn } from "../../text/printable.ts";
import { type CauseView, type DiagnosisView, diagnosisView } from "../diagnosis-view.ts";
import { matrixOf } from "../matrix.ts";
import { wayPictures } from "../way-picture.ts";
import { causeCard, commandLine, evidenceList, familyBadge } from "./cause.ts";
import { matrixTable } from "./matrix.ts";
import { type Opening, verdicts } from "./verdicts.ts";
import { wayPicture } from "./way.ts";

/** The report in the order it is read: verdicts, cause, fix, way, what works; then everything else, folded. */
export function reportBody(diagnosis: Diagnosis, opening: Opening): Html {
  const view = printableIn(diagnosisView(diagnosis));
  const [way, ...ways] = printableIn(wayPictures(diagnosis)).map(wayPicture);
  const rows = view.stopped ? [] : printableIn(matrixOf(diagnosis));
  return html`<main data-report="${opening.id}">
${warnings(view.restarts)}
${warnings(printableIn(diagnosis.left).map((one) => `Left in the cluster: ${one}`))}
${verdicts(view, opening)}
${warnings(view.troubles)}
${banner(view)}
${provenCauses(view.proven, opening)}
${way}
${ways.length === 0 ? undefined : section(`The other paths that break (${ways.length})`, html`${ways}`, false)}
${matrixTable(rows)}
${largestPackets(view)}
${judged(view.possible, "Possible causes", true)}
${judged(view.latent, "Noticed, and nothing that was tried fails of it", false)}
${mayNot(view)}
${notLooked(view)}
${quietTable(view.unknown, "Causes not decided", isUnexplained(view))}
${quietTable(view.excluded, "Causes excluded", false)}
${remarks(view.remarks)}
${section(`Everything that was asked (${view.asked.length})`, evidenceList(view.asked, "asked-"), false, "asked")}
</main>`;
}

/** Something fails, and nobody knows why: then it matters what could not be told. */
function isUnexplained({ proven, unknown, families }: DiagnosisView): boolean {
  return proven.length === 0 && unknown.length < 8 && families.some(({ fails }) => fails.length > 0);
}

function warnings(texts: readonly string[]): Html | undefined {
  if (texts.length === 0) return undefined;
  return html`<div class="banner warning">${texts.map((text) => html`<div>${text}</div>`)}</div>`;
}

/** Where a cause is proven its card says it all. */
function banner({ headline, proven, families, conclusions, stopped }: DiagnosisView): Html | undefined {
  if (stopped)
    return html`<div class="banner warning"><div>${headline}</div>${stopped.remedy === undefined ? undefined : html`<div>${stopped.remedy}</div>`}</div>`;
  if (proven.length > 0) return undefined;
  const fails = families.some((family) => family.fails.length > 0);
  const works = families.some((family) => family.works.length > 0);
  // The boxes above have said it.
  if (conclusions.every(({ state }) => state === "works") && families.every(({ neutral }) => neutral.length === 0))
    return undefined;
  const known = conclusions.every(({ family, state }) => family !== "IPv6" || state === "works");
  const tone = fails || !works ? "warning" : known ? "good" : "";
  return html`<p class="banner ${tone}">${headline}</p>`;
}

/** Whom was dialled from and to, and why. */
function remarks(texts: readonly string[]): Html | undefined {
  if (texts.length === 0) return undefined;
  return section(
    `What was chosen to dial (${texts.length})`,
    html`<ul>${texts.map((text) => html`<li>${text}</li>`)}</ul>`,
    false,
  );
}

function provenCauses([root, ...others]: readonly CauseView[], { editor }: Opening): Html | undefined {
  if (root === undefined) return undefined;
  const more =
    others.length === 0 ? undefined : html`<h2>Also proven</h2>${others.map((cause) => causeCard(cause, { editor }))}`;
  return html`<h2 class="hidden">Root cause</h2>${causeCard(root, { editor, title: "Root cause" })}${more}`;
}

function judged(causes: readonly CauseView[], title: string, open: boolean): Html | undefined {
  if (causes.length === 0) return undefined;
  const lines = causes.map(
    ({ family, summary, because, fix, missing }) => html`<li>${familyBadge(family)} <b>${summary}?</b> ${because}
${fix === undefined ? undefined : html`<p>If so: ${fix}</p>`}${missing === undefined ? undefined : html`<p class="quiet">What would prove it: ${missing}</p>`}</li>`,
  );
  return section(`${title} (${causes.length})`, html`<ul>${lines}</ul>`, open);
}

/** What is not the case, or not known: nobody is accused in bold. */
function quietTable(causes: readonly CauseView[], title: string, open: boolean): Html | undefined {
  if (causes.length === 0) return undefined;
  const lines = causes.map(
    ({ id, because, family }) =>
      html`<tr><th scope="row" class="id">${id}</th><td>${family === "both" ? "" : `${family}: `}${because}</td></tr>`,
  );
  return section(`${title} (${causes.length})`, html`<table class="quiet-table"><tbody>${lines}</tbody></table>`, open);
}

function largestPackets({ sizes }: DiagnosisView): Html | undefined {
  if (sizes.length === 0) return undefined;
  const lines = sizes.map(
    ({ family, from, to, result, because, expected }) =>
      html`<li>${familyBadge(family)} ${from} to ${to}: <b>${result}</b>; ${because}${expected === undefined ? undefined : html`<p class="quiet">${expected}</p>`}</li>`,
  );
  return section(`Largest packets (${sizes.length})`, html`<ul>${lines}</ul>`, true);
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

function notLooked({ notLooked: missing, unseen, proven }: DiagnosisView): Html | undefined {
  if (missing.length === 0) return undefined;
  const lines = missing.map(
    ({ what, why, remedy, command }) =>
      html`<li><b>${what}</b>: ${why}${remedy === undefined ? undefined : html`<p>${remedy}</p>`}${command && commandLine(command, what)}</li>`,
  );
  // What no diagnosis of this kind sees is no news.
  const open = proven.length === 0 && missing.length > unseen.length;
  return section(`Not looked at (${missing.length})`, html`<ul>${lines}</ul>`, open);
}

function section(title: string, body: Html, open: boolean, id = ""): Html {
  return html`<details${open ? new Html(" open") : undefined}${id === "" ? undefined : html` id="${id}"`}><summary>${title}</summary>${body}</details>`;
}
