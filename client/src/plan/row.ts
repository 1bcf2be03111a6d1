import type { RangeRole } from "#core/facts/ranges.ts";
import { spokenKind } from "#core/manifest/spoken-kind.ts";
import { type Html, html } from "#core/text/html.ts";
import { l10n } from "../l10n.ts";
import type { LocatedPrefix } from "./answer.ts";
import type { PictureRow } from "./picture.ts";
import type { Bar } from "./scale.ts";

/** What ranges are for, in the order of the legend. */
export const roles: readonly { readonly role: RangeRole; readonly word: string }[] = [
  { role: "pod", word: l10n`pods` },
  { role: "service", word: l10n`Services` },
  { role: "node", word: l10n`nodes` },
  { role: "load-balancer", word: l10n`load balancers` },
  { role: "plan", word: l10n`planned` },
];

/** One line: the range and who wrote it, how large it is, and where its bars lie. What is to be placed is told by `data-`. */
export function planRow(row: PictureRow): Html {
  const { kind, depth, label, smaller, size, inside, entries, overlaps, bars, around } = row;
  const role = entries[0]?.role ?? "free";
  const within = inside === undefined ? undefined : html`<span class="unseen">${l10n`, inside ${inside}`}</span>`;
  const more = smaller > 0 ? html` <span class="quiet">${l10n`and ${smaller} smaller`}</span>` : undefined;
  const free = kind === "free" ? html`<span class="quiet">${l10n`free`}</span> ` : undefined;
  return html`<li class="row ${kind}${overlaps.length > 0 ? " conflict" : ""}">
<div class="label" data-depth="${depth}">${free}<code>${label}</code>${more}${within}${overlaps.map(overlapMark)}</div>
<div class="who">${entries.map(owner)}</div>
<div class="size">${size}</div>
<div class="axis" aria-hidden="true">${around.map(span("around"))}${bars.map(span(`bar ${role}`))}</div>
${kind === "range" ? tip(row) : undefined}
</li>`;
}

/** A button that opens the file at the line: "IPPool blue", or "ClusterConfiguration podSubnet" where there is no name. */
export function owner({ kind, name, path, uri, range }: LocatedPrefix): Html {
  const { line, character } = range?.start ?? { line: 0, character: 0 };
  const title = `${spokenKind(kind)} ${name ?? path.slice(path.lastIndexOf(".") + 1)}`;
  return html`<button class="link" data-uri="${uri}" data-line="${line}" data-character="${character}">${title}</button>`;
}

function overlapMark(number: number): Html {
  return html` <span class="number" title="${l10n`overlap ${number}`}">${number}</span>`;
}

function span(name: string): (bar: Bar) => Html {
  return ({ x, width }) =>
    html`<span class="${name}" data-x="${x.toFixed(3)}" data-width="${width.toFixed(3)}"></span>`;
}

function tip({ label, size, first, last, entries }: PictureRow): Html {
  const written = entries.map(
    ({ role, kind, name, path, file, range, text }) =>
      html`<li><b>${roles.find((each) => each.role === role)?.word}</b>: ${spokenKind(kind)} ${name}, <code>${path}</code> ${l10n`in ${place(file, range)}`}${
        text === label ? undefined : html`, ${l10n`written`} <code>${text}</code>`
      }</li>`,
  );
  return html`<div class="tip"><p><code>${label}</code>, ${size}</p><p class="quiet">${l10n`${first} to ${last}`}</p><ul>${written}</ul></div>`;
}

function place(file: string, range: LocatedPrefix["range"]): string {
  return range === undefined ? file : `${file}:${range.start.line + 1}`;
}
