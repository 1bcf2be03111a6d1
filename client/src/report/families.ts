import type { FamilyView, SymptomView } from "#core/report/diagnosis-view.ts";
import { type Html, html } from "../markup.ts";

/** Every attempt of each family in a column of its own, the failures first. */
export function familyColumns(families: readonly FamilyView[]): Html {
  return html`<div class="columns">${families.map(column)}</div>`;
}

function column({ family, works, fails, neutral }: FamilyView): Html {
  const lines = [...fails.map(line("fails")), ...works.map(line("works")), ...neutral.map(line("neutral"))];
  const body =
    lines.length === 0 ? html`<p class="quiet">Nothing was tried.</p>` : html`<ul class="symptoms">${lines}</ul>`;
  return html`<section><h3>${family}</h3>${body}</section>`;
}

function line(state: "fails" | "works" | "neutral"): (symptom: SymptomView) => Html {
  const word = { fails: "fails", works: "works", neutral: "not judged" }[state];
  return ({ from, to, text }) => html`<li class="${state}"><span class="mark" title="${word}"></span>
<div><b>${to}</b><div>${text}</div><div class="quiet">from ${from}</div></div></li>`;
}
