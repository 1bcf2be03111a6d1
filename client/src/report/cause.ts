import type { Observation, Verdict } from "#core/diagnosis.ts";
import { type Html, html } from "./markup.ts";

/** The page of the documentation on a cause. */
function pageOf(cause: string): string {
  return `https://github.com/kube-ipv6/kube-ipv6/blob/main/docs/causes/${cause}.md`;
}

/** A proven cause: what, by which observations, what to do, and how to see that it helped. */
export function verdictCard(verdict: Verdict, observations: readonly Observation[]): Html {
  const { summary, because, family, cause, source, fix, confirm, evidence } = verdict;
  const byId = new Map(observations.map((observation) => [observation.id, observation]));
  const proofs = evidence.flatMap(({ observation, line }) => {
    const asked = byId.get(observation);
    return asked === undefined
      ? []
      : [html`<li><div>${asked.asked}</div><div class="answer">${line}</div>${commandOf(asked.command)}</li>`];
  });
  return html`<section class="card">
<h3>${familyBadge(family)} ${summary}</h3>
<p>${because}.</p>
${fix === undefined ? undefined : html`<h4>What to do</h4><p>${fix}</p>`}
${confirm === undefined ? undefined : html`<h4>How to see that it helped</h4><p>${confirm}</p>`}
${proofs.length === 0 ? undefined : html`<h4>Evidence</h4><ul class="questions">${proofs}</ul>`}
<p class="quiet"><a href="${pageOf(cause)}">About this cause</a> &middot; <a href="${source}">Source</a></p>
</section>`;
}

/** A command as a person would type it, with a button that copies it. */
export function commandOf(command: string): Html {
  return html`<div class="command"><code>${command}</code><button class="copy" data-copy="${command}">Copy</button></div>`;
}

export function familyBadge(family: Verdict["family"]): Html {
  return html`<span class="badge ${family}">${family === "both" ? "IPv4 and IPv6" : family}</span>`;
}
