import { type Html, html } from "../../text/html.ts";
import type { Conclusion, DiagnosisView } from "../diagnosis-view.ts";

/** How a report begins, beside what the diagnosis itself says. */
export interface Opening {
  /** When it was made, as its reader writes times. */
  readonly when: string;
  /** It is shown where it can be run again, and saved. */
  readonly editor: boolean;
  /** By what the editor finds it again. */
  readonly id?: string;
  /** What is otherwise than the time before. */
  readonly strip?: string;
  /** Said of a recording. */
  readonly note?: string;
}

/** The answer per family in a word and a number, what was asked for, and what can be done with it. */
export function verdicts(view: DiagnosisView, { when, editor, strip, note }: Opening): Html {
  const { title, context, cost, stopped, conclusions } = view;
  return html`<header>
<div class="top"><h1 tabindex="-1">${title}</h1>${editor ? actions(stopped !== undefined) : undefined}</div>
${conclusions.length === 0 ? undefined : html`<div class="verdicts">${conclusions.map((one) => verdict(one, view))}</div>`}
<div class="top"><p class="quiet">Context ${context} &middot; ${when} &middot; ${cost}${note === undefined ? undefined : html`<br>${note}`}</p>${editor && !stopped ? saving() : undefined}</div>
${strip === undefined ? undefined : html`<p class="strip" role="status">${strip}</p>`}
<div id="said" role="status" class="hidden"></div>
</header>`;
}

function verdict({ family, state }: Conclusion, { families }: DiagnosisView): Html {
  const own = families.find((one) => one.family === family);
  const works = own?.works.length ?? 0;
  const all = works + (own?.fails.length ?? 0);
  const word = { works: "works", fails: "fails", open: "not known" }[state];
  const mark = { works: "\u2713", fails: "\u2717", open: "?" }[state];
  const count =
    all === 0 ? "" : `${state === "fails" ? all - works : works} of ${all} ${all === 1 ? "attempt" : "attempts"}`;
  return html`<div class="verdict ${state}"><span class="mark" aria-hidden="true">${mark}</span> <b class="said">${family} ${word}</b> <span>${count}</span></div>`;
}

/** Where nothing came out there is nothing to keep. */
function actions(stopped: boolean): Html {
  if (stopped) return html`<div class="actions"><button data-again>Retry</button></div>`;
  return html`<div class="actions"><button data-again>Check again</button>
<button class="secondary" data-chat>Copy for chat</button></div>`;
}

function saving(): Html {
  const formats = [
    ["markdown", "Markdown"],
    ["html", "HTML"],
    ["json", "JSON"],
  ] as const;
  const buttons = formats.map(
    ([format, name]) => html`<button class="link" data-save="${format}" aria-label="Save as ${name}">${name}</button>`,
  );
  return html`<div class="saving" role="group" aria-label="Save as">${buttons}</div>`;
}
