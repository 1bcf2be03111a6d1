import type { Parity } from "../../parity/model.ts";
import { type Html, html } from "../../text/html.ts";
import { printableIn } from "../../text/printable.ts";
import { type ParityFinding, parityConclusion, parityTitle } from "../parity.ts";
import { alonePage, type PageParts } from "./page.ts";

/** Where policies let one family through alone, as one file that loads nothing. `unread`: what could not be judged, in sentences. */
export function parityToHtml(
  parity: Parity,
  all: readonly ParityFinding[],
  unread: readonly string[],
  parts: PageParts,
): string {
  const findings = printableIn(all);
  const news = findings.filter(({ intended }) => intended === undefined);
  const wanted = findings.filter(({ intended }) => intended !== undefined);
  const body = html`<main><header><h1>Where policies treat IPv4 and IPv6 differently</h1>
<div class="verdicts">${boxes(news, unread.length > 0)}</div>
<p class="quiet">${parityConclusion(parity, news.length, wanted.length)}</p></header>
${unread.length === 0 ? undefined : html`<div class="banner warning"><b>Not judged</b>${printableIn(unread).map((text) => html`<div>${text}</div>`)}</div>`}
${news.length === 0 ? undefined : html`<h2 class="hidden">Differences</h2>${news.map(card)}`}
${wanted.length === 0 ? undefined : html`<details><summary>Intended (${wanted.length})</summary><ul>${wanted.map((one) => html`<li>${parityTitle(one)}: ${one.intended}</li>`)}</ul></details>`}
</main>`;
  return alonePage("Policies over IPv4 and IPv6", body, parts);
}

function boxes(news: readonly ParityFinding[], open: boolean): Html[] {
  if (news.length === 0)
    return [
      open
        ? html`<div class="verdict open"><span class="mark" aria-hidden="true">?</span> <b class="said">No difference seen</b> <span>not all was judged</span></div>`
        : html`<div class="verdict works"><span class="mark" aria-hidden="true">\u2713</span> <b class="said">No difference</b></div>`,
    ];
  return (["IPv6", "IPv4"] as const).flatMap((family) => {
    const count = news.filter((one) => one.open === family).length;
    if (count === 0) return [];
    return [
      html`<div class="verdict ${family === "IPv6" ? "fails" : "partly"}"><span class="mark" aria-hidden="true">${family === "IPv6" ? "\u2717" : "!"}</span> <b class="said">${count}</b> <span>open over ${family} alone</span></div>`,
    ];
  });
}

function card(finding: ParityFinding): Html {
  const { direction, peers, traffic, rule, witness, edit, file, line } = finding;
  const row = (family: "IPv6" | "IPv4") => {
    const { peer, ruling, decidedBy } = witness[family];
    const state = { allowed: "works", denied: "fails", unknown: "open" }[ruling];
    const ends = direction === "egress" ? `${witness.pod} to ${peer}` : `${peer} to ${witness.pod}`;
    return html`<tr><th scope="row">${family}</th><td>${ends}, ${witness.traffic}</td><td class="${state}"><b class="said">${ruling}</b> ${decidedBy === undefined ? "no policy limits it" : `by ${decidedBy}`}</td></tr>`;
  };
  return html`<section class="card ${finding.open === "IPv4" ? "partly" : ""}"><h3>${parityTitle(finding)}</h3>
<p>${direction === "egress" ? "To" : "From"} ${peers.join(", ")}: ${traffic}.</p>
<p>${rule.policy} <code>${rule.path}</code> (${rule.text}) meets ${rule.meets} alone${file === undefined ? "" : `; ${file}:${(line ?? 0) + 1}`}.</p>
<table class="matrix families"><thead><tr><th scope="col">Family</th><th scope="col">For example</th><th scope="col">Decided</th></tr></thead><tbody>${row("IPv6")}${row("IPv4")}</tbody></table>
<h4>Smallest edit</h4>${
    edit === undefined
      ? html`<p>Name what stands for it in ${rule.meets === "IPv4" ? "IPv6" : "IPv4"}, or declare the difference in .kube-ipv6.yaml.</p>`
      : html`<p>${edit.says}, at <code>${edit.path}</code></p><div class="command"><code>${edit.values.map((value) => JSON.stringify(value)).join("\n")}</code></div>`
  }</section>`;
}
