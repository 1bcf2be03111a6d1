import type { Ranges, RangeUse } from "../../ranges/ranges.ts";
import { type Html, html } from "../../text/html.ts";
import { printableIn } from "../../text/printable.ts";
import { amountText, isNearlyFull, shareText } from "../ranges.ts";
import { alonePage, type PageParts } from "./page.ts";

/** How full the ranges of a cluster are, as one file that loads nothing; `plan` as for the table in text. */
export function rangesToHtml(
  { ranges }: Ranges,
  context: string,
  unread: readonly string[],
  plan: (range: string) => string | undefined,
  parts: PageParts,
): string {
  const full = ranges.filter(isNearlyFull).length;
  const box =
    full > 0
      ? html`<div class="verdict fails"><span class="mark" aria-hidden="true">\u2717</span> <b class="said">${full}</b> <span>nearly full</span></div>`
      : html`<div class="verdict ${unread.length > 0 ? "open" : "works"}"><span class="mark" aria-hidden="true">${unread.length > 0 ? "?" : "\u2713"}</span> <b class="said">None</b> <span>of what was read is nearly full</span></div>`;
  const body = html`<main><header><h1>How full the ranges are</h1><div class="verdicts">${box}</div>
<p class="quiet">${ranges.length} ${ranges.length === 1 ? "range" : "ranges"} of ${context}</p></header>
${unread.length === 0 ? undefined : html`<div class="banner warning">${printableIn(unread).map((text) => html`<div>${text}</div>`)}</div>`}
${(["IPv6", "IPv4"] as const).map((family) => table(family, ranges, plan))}
</main>`;
  return alonePage("How full the ranges are", body, parts);
}

function table(family: "IPv6" | "IPv4", all: readonly RangeUse[], plan: (range: string) => string | undefined): Html {
  const own = all.filter((one) => one.family === family);
  if (own.length === 0) return html``;
  const row = (one: RangeUse) => {
    const planned = plan(one.range);
    const { owner, range, notes } = printableIn({
      ...one,
      notes: [...one.notes, ...(planned === undefined ? [] : [`planned as ${planned}`])],
    });
    const state = isNearlyFull(one) ? "fails" : "works";
    // A bar as long as the share; of a share that nobody would see there is a word.
    return html`<tr><th scope="row">${owner}${notes.map((note) => html`<div class="quiet">${note}</div>`)}</th><td class="id">${range}</td>
<td class="count">${amountText(BigInt(one.used))}</td><td class="count">${amountText(one.free)}</td>
<td class="whole ${state}"><meter min="0" max="1000" high="900" optimum="0" value="${partOf(one)}" aria-label="${owner} ${range}: ${shareText(one)} full"></meter> <span class="said">${shareText(one)}</span></td></tr>`;
  };
  return html`<h2>${family}</h2><div class="scroll" tabindex="0" role="group" aria-label="${family} ranges"><table class="matrix ranges"><thead><tr><th scope="col">Owner</th><th scope="col">Range</th><th scope="col" class="count">Used</th><th scope="col" class="count">Free</th><th scope="col">Full</th></tr></thead>
<tbody>${own.map(row)}</tbody></table></div>`;
}

function partOf({ used, total }: RangeUse): number {
  return total === 0n ? 1000 : Number((BigInt(used) * 1000n) / total);
}
