import { type Html, html } from "../../text/html.ts";
import type { CauseView, EvidenceView } from "../diagnosis-view.ts";
import type { FixCommandView } from "../fix-command.ts";

/** What a card shows at once of what was asked; the rest is folded. */
const telling = 3;

/** A proven cause: what and where, the command that mends it, the observations that decide, and how to see that it helped. */
export function causeCard(
  cause: CauseView,
  { editor, title = "" }: { readonly editor: boolean; readonly title?: string },
): Html {
  const { id, where, family, summary, because, fix, commands, changes, confirm, source, evidence } = cause;
  const rest = evidence.slice(telling);
  const on = commands[0]?.on;
  return html`<section class="card" aria-label="${title}">
<h3>${title === "" ? undefined : `${title}: `}${headingOf(summary, where, editor)}
<span class="badge proven">proven</span> ${familyBadge(family)}</h3>
<p>${because.replace(/\.$/, "")}.</p>
${fix === undefined ? undefined : html`<div class="fix"><h4>Fix${on === undefined ? undefined : ` on ${on}`}</h4>${commands.map(fixCommand)}<p>${beyondCommand(fix, commands)}${commands.flatMap(riskOf)}</p>${editor && changes !== undefined ? changeButton(id, changes) : undefined}</div>`}
${confirm === undefined ? undefined : html`<p><b>To see that it helped:</b> ${confirm}</p>`}
${evidence.length === 0 ? undefined : html`<h4>Evidence</h4>${evidence.slice(0, telling).map(evidenceLine)}`}
${rest.length === 0 ? undefined : html`<details><summary class="small">What else was looked at (${rest.length})</summary>${rest.map(evidenceLine)}</details>`}
<p class="quiet">${editor ? html`<button class="link" data-explain="${id}">About ${id}</button>` : html`<a href="${pageOf(id)}">About ${id}</a>`} &middot; <a href="${source}">Source: ${hostOf(source)}</a></p>
</section>`;
}

/** The cause in a sentence that names the place: "IPv6 forwarding is off on node n1". */
function headingOf(summary: string, where: string | undefined, editor: boolean): Html {
  if (where === undefined) return html`${summary}`;
  const [kind = ""] = where.split(" ");
  const [, before, after] = new RegExp(`^(.*?)\\b[Tt]he ${kind}\\b(.*)$`).exec(summary) ?? [];
  if (before === undefined) return html`${summary} <span class="where">(${place(where, editor)})</span>`;
  return html`${before}<span class="where">${place(where, editor)}</span>${after}`;
}

/** What is to be done besides the command above it, which nobody reads twice. */
function beyondCommand(fix: string, commands: readonly FixCommandView[]): string {
  const [{ on, command } = { on: undefined, command: "" }] = commands;
  const told = on === undefined ? `${command.replace(/ --context \S+/, "")} - ` : `On ${on}: ${command}, and `;
  return fix.startsWith(told) ? capital(fix.slice(told.length)) : fix;
}

function riskOf({ risk }: FixCommandView): Html[] {
  return risk === undefined ? [] : [html` <span class="quiet">${risk}</span>`];
}

/** Nothing is changed by it: a diff is shown, and a question asked. */
function changeButton(cause: string, object: string): Html {
  return html`<p><button data-change="${cause}">Show the change</button> <span class="quiet">of ${object}; nothing is changed before you say so</span></p>`;
}

/** What was seen, in a line; opened, the command that shows it. */
function evidenceLine({ asked, line, command }: EvidenceView): Html {
  return html`<details class="evidence"><summary class="small"><span class="asked">${capital(asked)}</span>: <span class="answer">${line}</span></summary>${commandLine(command, asked)}</details>`;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function fixCommand({ command, on, through }: FixCommandView): Html {
  const from =
    through === undefined
      ? undefined
      : html`<details><summary class="small">Without a shell on the node: through a pod that kubectl makes there</summary>${commandLine(through, `the fix through kubectl debug`)}</details>`;
  return html`${commandLine(command, on === undefined ? "the fix" : `the fix, for ${on}`)}${from}`;
}

/** Questions with their answers, and the command a person would have typed, with a button that copies it. */
export function evidenceList(evidence: readonly EvidenceView[], idPrefix = ""): Html {
  const lines = evidence.map(
    (
      { asked, line, command },
      index,
    ) => html`<li${idPrefix === "" ? undefined : html` id="${idPrefix}${index}" tabindex="-1"`}><div>${asked}</div><div class="answer">${line}</div>
${commandLine(command, asked)}</li>`,
  );
  return html`<ul class="questions">${lines}</ul>`;
}

/** A command with a button that copies it; `what` is what the button is called for those who only hear it. */
export function commandLine(command: string, what: string): Html {
  return html`<div class="command"><code>${command}</code><button class="copy" data-copy="${command}" aria-label="Copy command: ${what}">Copy</button></div>`;
}

export function familyBadge(family: CauseView["family"]): Html {
  return html`<span class="badge">${family === "both" ? "IPv4 and IPv6" : family}</span>`;
}

/** A pod, node or Service is shown by the editor. */
function place(where: string, editor: boolean): Html {
  const known = /^(?:node|pod|Service) \S+$/.test(where);
  return editor && known ? html`<button class="link" data-open="${where}">${where}</button>` : html`${where}`;
}

/** The page of the documentation on a cause. */
function pageOf(cause: string): string {
  return `https://github.com/kube-ipv6/kube-ipv6/blob/main/docs/causes/${cause}.md`;
}

function hostOf(url: string): string {
  return /^https?:\/\/([^/]+)/.exec(url)?.[1] ?? url;
}
