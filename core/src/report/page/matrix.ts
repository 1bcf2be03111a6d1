import { Html, html } from "../../text/html.ts";
import type { MatrixCell, MatrixRow } from "../matrix.ts";

/** Fewer rows than these need no filter. */
const few = 4;

/** Targets by families, what fails first; a cell leads to the question behind it. */
export function matrixTable(rows: readonly MatrixRow[]): Html | undefined {
  if (rows.length === 0) return undefined;
  const differing = rows.filter(({ differs }) => differs).length;
  const source = usualSource(rows);
  const filter =
    differing === 0 || rows.length < few
      ? undefined
      : html`<label class="filter"><input type="checkbox" id="differences"> only differences (${differing} of ${rows.length})</label>`;
  const lines = rows.map(
    ({ target, from, cells, differs }) => html`<tr${differs ? undefined : new Html(' class="same"')}>
<th scope="row">${targetLines(target)}${from !== source ? html`<div class="quiet">from ${from}</div>` : undefined}</th>${cell(cells.IPv6)}${cell(cells.IPv4)}</tr>`,
  );
  return html`<section><h2>What works and what does not <span class="quiet">from ${source}</span></h2>${filter}
<table class="matrix"><thead><tr><th scope="col">Target</th><th scope="col">IPv6</th><th scope="col">IPv4</th></tr></thead>
<tbody>${lines}</tbody></table></section>`;
}

/** A name, and below it the DNS server that was asked for it. */
function targetLines(target: string): Html {
  const [, name, server] = /^(\S+) at (\S+)$/.exec(target) ?? [];
  return server === undefined ? html`${target}` : html`${name}<div class="quiet">at DNS server ${server}</div>`;
}

/** Who dials most of them; the others are named in their lines. */
function usualSource(rows: readonly MatrixRow[]): string {
  const [first] = [...Map.groupBy(rows, ({ from }) => from)].sort(([, a], [, b]) => b.length - a.length);
  return first?.[0] ?? "";
}

const words = { works: "works", fails: "fails", open: "not judged", "not tried": "not tried" } as const;
const marks = { works: "\u2713", fails: "\u2717", open: "?", "not tried": "\u2013" } as const;

function cell({ state, text, address, asked }: MatrixCell): Html {
  const said = html`<span class="mark" aria-hidden="true">${marks[state]}</span> <b class="said">${words[state]}</b>`;
  const more = text === words[state] ? undefined : html` <span class="text">${text}</span>`;
  const line =
    asked === undefined ? html`${said}${more}` : html`<a class="cell" href="#asked-${asked}">${said}${more}</a>`;
  return html`<td class="${state.replace(" ", "-")}">${line}${address === "" ? undefined : html`<div class="quiet address">${address}</div>`}</td>`;
}
