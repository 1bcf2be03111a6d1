import type { Family } from "#core/address.ts";
import type { Diagnosis, ReportedSymptom } from "#core/diagnosis.ts";
import { type Html, html } from "./markup.ts";

/** Every attempt of each family in a column of its own, the failures first. */
export function symptomColumns({ symptoms }: Diagnosis): Html {
  return html`<div class="columns">${(["IPv6", "IPv4"] as const).map((family) => column(family, symptoms))}</div>`;
}

function column(family: Family, all: readonly ReportedSymptom[]): Html {
  const own = all.filter((symptom) => symptom.family === family);
  const order = ["fails", "works", "neutral"] as const;
  const sorted = order.flatMap((state) =>
    own.filter((symptom) => stateOf(symptom) === state).map((symptom) => line(symptom, state)),
  );
  const body =
    sorted.length === 0 ? html`<p class="quiet">Nothing was tried.</p>` : html`<ul class="symptoms">${sorted}</ul>`;
  return html`<section><h3>${family}</h3>${body}</section>`;
}

type State = "fails" | "works" | "neutral";

/** An attempt that was not expected to work, or that nobody could make, says nothing for the family or against it. */
function stateOf({ failed, outcome }: ReportedSymptom): State {
  if (failed) return "fails";
  return outcome === "ok" ? "works" : "neutral";
}

function line({ from, to, text }: ReportedSymptom, state: State): Html {
  const word = { fails: "fails", works: "works", neutral: "not judged" }[state];
  return html`<li class="${state}"><span class="mark" title="${word}"></span><div><b>${to}</b><div>${text}</div><div class="quiet">from ${from}</div></div></li>`;
}
