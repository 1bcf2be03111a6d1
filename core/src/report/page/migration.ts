import { pipedText } from "../../migration/commands.ts";
import type { Migration } from "../../migration/migration.ts";
import type { Task } from "../../migration/task.ts";
import { type Html, html } from "../../text/html.ts";
import { printableIn } from "../../text/printable.ts";
import { goals } from "../migration.ts";
import { commandLine } from "./cause.ts";
import { alonePage, type PageParts } from "./page.ts";

/** The plan as a checklist with commands to copy, in one file that loads nothing. */
export function migrationToHtml(
  migration: Migration,
  context: string,
  unread: readonly string[],
  parts: PageParts,
): string {
  const { to, phases, refused } = migration;
  const steps = phases.reduce((sum, { tasks }) => sum + tasks.length, 0);
  const body = html`<main><header><h1>${goals[to]}</h1>
<p class="quiet">${steps} ${steps === 1 ? "step" : "steps"} for ${context}, to be done from above. Nothing was changed: each command is run by you.</p></header>
${unread.length === 0 ? undefined : html`<div class="banner warning"><b>Not read, so that steps may be missing</b>${printableIn(unread).map((text) => html`<div>${text}</div>`)}</div>`}
${phases.map(({ title, tasks }, phase) => html`<h2>${phase + 1}. ${title}</h2>${tasks.map(taskCard)}`)}
${refused.length === 0 ? undefined : html`<h2>What to leave as it is</h2><ul>${printableIn(refused).map(({ object, why }) => html`<li><b>${object}</b>: ${why}</li>`)}</ul>`}
</main>`;
  return alonePage(goals[to], body, parts);
}

function taskCard(task: Task): Html {
  const { title, why, commands, input, interrupts, watch, undo, undoInput } = printableIn(task);
  const told = commands.map((command) =>
    commandLine(pipedText(command, input), commands.length > 1 ? `${title}: ${pipedText(command, input)}` : title),
  );
  return html`<section class="card step"><h3><label><input type="checkbox"> ${title}</label></h3><p>${why}</p>
${told.length === 0 ? html`<p class="quiet">By hand.</p>` : html`${told}`}
${interrupts === undefined ? undefined : html`<p><b>Interrupts:</b> ${interrupts}</p>`}
${watch === undefined ? undefined : html`<h4>Watch</h4>${commandLine(watch, `what to watch: ${title}`)}`}
${undo === undefined ? undefined : html`<details><summary class="small">Undo</summary>${commandLine(pipedText(undo, undoInput), `undo: ${title}`)}</details>`}</section>`;
}
