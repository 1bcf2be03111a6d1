import type { CauseView, EvidenceView } from "#core/report/diagnosis-view.ts";
import { type Html, html } from "../markup.ts";

/** A proven cause: what, by which observations, what to do, and how to see that it helped. */
export function causeCard({ id, family, summary, because, fix, confirm, source, evidence }: CauseView): Html {
  return html`<section class="card">
<h3>${familyBadge(family)} ${summary}</h3>
<p>${because}.</p>
${fix === undefined ? undefined : html`<h4>What to do</h4><p>${fix}</p>`}
${confirm === undefined ? undefined : html`<h4>How to see that it helped</h4><p>${confirm}</p>`}
${evidence.length === 0 ? undefined : html`<h4>Evidence</h4>${evidenceList(evidence)}`}
<p class="quiet"><a href="${pageOf(id)}">About this cause</a> &middot; <a href="${source}">Source</a></p>
</section>`;
}

/** Questions with their answers, and the command a person would have typed, with a button that copies it. */
export function evidenceList(evidence: readonly EvidenceView[]): Html {
  const lines = evidence.map(
    ({ asked, line, command }) => html`<li><div>${asked}</div><div class="answer">${line}</div>
${commandLine(command)}</li>`,
  );
  return html`<ul class="questions">${lines}</ul>`;
}

/** A command with a button that copies it. */
export function commandLine(command: string): Html {
  return html`<div class="command"><code>${command}</code><button class="copy" data-copy="${command}">Copy</button></div>`;
}

export function familyBadge(family: CauseView["family"]): Html {
  return html`<span class="badge">${family === "both" ? "IPv4 and IPv6" : family}</span>`;
}

/** The page of the documentation on a cause. */
function pageOf(cause: string): string {
  return `https://github.com/kube-ipv6/kube-ipv6/blob/main/docs/causes/${cause}.md`;
}
