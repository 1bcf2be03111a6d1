import { type Html, html } from "#core/text/html.ts";
import { counted } from "../counted.ts";
import { l10n } from "../l10n.ts";
import type { LocatedPrefix, WrittenPlan } from "./answer.ts";
import { type FamilyPicture, type Overlap, pictureOf } from "./picture.ts";
import { owner, planRow, roles } from "./row.ts";

/** What the page may load: its own style and script, and nothing from anywhere else. */
export interface Resources {
  /** The source expression of the webview for `Content-Security-Policy`. */
  readonly cspSource: string;
  readonly style: string;
  readonly script: string;
}

/** The document around the plans, with whose they are; {@link planBody} is what changes when files do. */
export function planPage(
  plans: readonly WrittenPlan[],
  { cspSource, style, script }: Resources,
  { folder, file }: { readonly folder?: string | undefined; readonly file?: string | undefined } = {},
): string {
  const csp = `default-src 'none'; style-src ${cspSource}; script-src ${cspSource}`;
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${csp}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="${style}">
<title>${l10n`Address plan`}</title>
</head>
<body>
<main data-folder="${folder}" data-file="${file}">${planBody(plans)}</main>
<script src="${script}"></script>
</body>
</html>`.text;
}

/** Every plan, one below the other. */
export function planBody(plans: readonly WrittenPlan[]): Html {
  if (plans.length === 0) return nothing();
  return html`<header>
<div class="top"><h1>${l10n`Address plan`}</h1>
<div class="actions">
<button data-copy="markdown">${l10n`Copy as Markdown`}</button>
<button class="secondary" data-copy="json">${l10n`Copy as JSON`}</button>
</div></div>
<p class="quiet">${summary(plans)}</p>
${legend(plans)}
</header>
${plans.map((plan) => section(plan, plans.length > 1))}`;
}

const nothing = (): Html => html`<h1>${l10n`Address plan`}</h1>
<p>${l10n`No range of addresses is written in these files.`}</p>
<p class="quiet">${l10n`Ranges of pods, Services, nodes and load balancers count: podSubnet, serviceSubnet, podCIDRs, pools of Calico, Cilium and MetalLB, and the prefixes below "addressing".`}</p>`;

function summary(plans: readonly WrittenPlan[]): string {
  const ranges = plans.flatMap((plan) => pictureOf(plan).families.flatMap(({ rows }) => rows));
  const files = new Set(plans.flatMap((plan) => plan.files)).size;
  const overlaps = plans.reduce((sum, plan) => sum + plan.overlaps.length, 0);
  const count = ranges.filter(({ kind }) => kind === "range").length;
  const found = l10n`${counted.ranges(count)} in ${counted.files(files)}, ${counted.overlaps(overlaps)}.`;
  return `${found} ${l10n`Bars are on a logarithmic scale: a /48 is not 65,536 times as wide as a /64.`}`;
}

function legend(plans: readonly WrittenPlan[]): Html {
  const used = new Set(plans.flatMap(({ roots }) => rolesBelow(roots)));
  const shown = roles.filter(({ role }) => used.has(role));
  const items = shown.map(({ role, word }) => html`<li><span class="swatch ${role}"></span>${word}</li>`);
  return html`<ul class="legend">${items}<li><span class="swatch free"></span>${l10n`free`}</li></ul>`;
}

function rolesBelow(nodes: WrittenPlan["roots"]): readonly string[] {
  return nodes.flatMap(({ entries, children }) => [...entries.map(({ role }) => role), ...rolesBelow(children)]);
}

function section(plan: WrittenPlan, titled: boolean): Html {
  const { families, overlaps } = pictureOf(plan);
  const title = titled ? html`<h2 class="place">${placeOf(plan.files)}</h2>` : undefined;
  return html`<section>${title}${conflicts(overlaps)}${families.map(family)}</section>`;
}

/** The file, or the folder that holds them all. */
function placeOf(files: readonly string[]): string {
  const [first = "", ...others] = files;
  if (others.length === 0) return first;
  let folder = above(first);
  while (folder !== "" && !others.every((file) => file.startsWith(`${folder}/`))) folder = above(folder);
  return folder === "" ? l10n`${first} and ${counted.otherFiles(others.length)}` : folder;
}

/** The folder of a file; "" where it stands in none. */
function above(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** How many overlaps are named; a range that collides with a hundred others has one mistake, not a hundred. */
const most = 20;

function conflicts(overlaps: readonly Overlap[]): Html | undefined {
  if (overlaps.length === 0) return undefined;
  const items = overlaps.slice(0, most).map(({ first, second }, index) => {
    const number = html`<span class="number">${index + 1}</span>`;
    return html`<li>${number} <div>${side(second)} ${l10n`overlaps`} ${side(first)}</div></li>`;
  });
  const rest =
    overlaps.length > most ? html`<li class="quiet">${l10n`and ${overlaps.length - most} more`}</li>` : undefined;
  return html`<div class="conflicts"><h2>${l10n`Overlaps`}</h2><ul>${items}${rest}</ul></div>`;
}

function side(entry: LocatedPrefix): Html {
  return html`<code>${entry.text}</code> ${l10n`of`} ${owner(entry)}`;
}

function family({ family, rows }: FamilyPicture): Html {
  return html`<h2>${family}</h2><ul class="ranges" aria-label="${l10n`${family} ranges`}">${rows.map(planRow)}</ul>`;
}
