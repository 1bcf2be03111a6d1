import { type Html, html } from "../../text/html.ts";
import type { Lane, WayPicture } from "../way-picture.ts";

const left = 52;
const column = 96;
const top = 90;
const laneHeight = 58;
/** Characters of a station's name, and of a place's name for each column it spans. */
const nameWidth = 15;
const placeWidth = 14;

/** The stations from left to right, a lane for each family, the first one that breaks marked; and the same in words. */
export function wayPicture(way: WayPicture): Html {
  const { stations, lanes, from, to } = way;
  const width = left + stations.length * column + 24;
  const height = top + lanes.length * laneHeight + 4;
  return html`<figure class="way">
<figcaption>Path from <b>${from}</b> to <b>${to}</b>: ${lanes.map((lane, index) => html`${index > 0 ? "; " : ""}${inWords(lane, way)}`)}</figcaption>
<div class="scroll" tabindex="0" role="group" aria-label="Picture of the path from ${from} to ${to}"><svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${lanes.map((lane) => plainWords(lane, way)).join("; ")}">
${places(stations)}
${stations.map(({ hop }, index) => stationName(hop, index))}
${lanes.map((lane, index) => laneOf(lane, index, width))}
</svg></div>
<details><summary class="small">The stations in words</summary>${lanes.map((lane) => stationList(lane, way))}</details>
</figure>`;
}

function plainWords({ family, broken, arrives, end }: Lane, { stations }: WayPicture): string {
  const station = broken === undefined ? undefined : stations[broken];
  if (station) return `${family} breaks at ${station.hop}, ${station.where}`;
  return arrives ? `${family} arrives (${end})` : `${family} does not arrive, and where it ends was not seen`;
}

function inWords(lane: Lane, way: WayPicture): Html {
  return html`<span class="said ${lane.arrives ? "works" : "fails"}">${plainWords(lane, way)}</span>`;
}

/** One bracket over neighbouring stations of one place. */
function places(stations: WayPicture["stations"]): Html[] {
  const spans: { where: string; first: number; count: number }[] = [];
  stations.forEach(({ where }, index) => {
    const last = spans.at(-1);
    if (last?.where === where) last.count++;
    else spans.push({ where, first: index, count: 1 });
  });
  return spans.map(({ where, first, count }) => {
    const x = left + first * column + 4;
    const end = x + count * column - 8;
    const name = textLines(twoLines(where, placeWidth * count), (x + end) / 2, 27);
    return html`<g class="place"><title>${where}</title><path d="M${x} 41 V35 H${end} V41"/>${name}</g>`;
  });
}

function stationName(name: string, index: number): Html {
  const lines = twoLines(name, nameWidth);
  return html`<g class="station">${textLines(lines, centre(index), lines.length === 1 ? 68 : 75)}</g>`;
}

/** `y` is where the last line stands. */
function textLines(lines: readonly string[], x: number, y: number): Html {
  const spans = lines.map((line, row) => html`<tspan x="${x}" dy="${row === 0 ? 0 : 14}">${line}</tspan>`);
  return html`<text x="${x}" y="${y - 14 * (lines.length - 1)}">${spans}</text>`;
}

function laneOf({ family, states, broken, arrives }: Lane, index: number, width: number): Html {
  const y = top + index * laneHeight + 22;
  const end = broken === undefined ? (arrives ? width - 12 : left) : centre(broken);
  const rest = arrives ? undefined : html`<path class="unseen" d="M${end} ${y} H${centre(states.length - 1)}"/>`;
  const marks = states.map(({ state, because }, at) => {
    const kind = state === "not looked" ? "unseen" : state;
    const first = at === broken ? " first" : "";
    const mark = { works: "\u2713", fails: "\u2717", unseen: "?" }[kind];
    return html`<g class="${kind}${first}"><title>${because}</title><circle class="blot" cx="${centre(at)}" cy="${y}" r="${at === broken ? 15 : 11}"/><text class="sign" x="${centre(at)}" y="${y + 5}">${mark}</text></g>`;
  });
  const arrow = arrives
    ? html`<path class="works" d="M${width - 18} ${y - 5} L${width - 10} ${y} L${width - 18} ${y + 5}"/>`
    : undefined;
  const line =
    end > left ? html`<path class="${arrives ? "works" : "reached"}" d="M${left} ${y} H${end}"/>` : undefined;
  return html`<g class="lane"><text class="family" x="6" y="${y + 5}">${family}</text>${line}${rest}${arrow}${marks}</g>`;
}

function centre(index: number): number {
  return left + index * column + column / 2;
}

function twoLines(name: string, most: number): string[] {
  if (name.length <= most) return [name];
  const words = name.split(" ");
  const parted = words.map((_, at) => [words.slice(0, at).join(" "), words.slice(at).join(" ")]);
  const longest = (lines: readonly string[]) => Math.max(...lines.map(({ length }) => length));
  const [best = [name]] = parted.sort((a, b) => longest(a) - longest(b));
  return best.map((line) => shortened(line, most));
}

function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}\u2026`;
}

function stationList({ family, states }: Lane, { stations }: WayPicture): Html {
  const lines = states.map(
    ({ state, because }, index) =>
      html`<li class="${state === "not looked" ? "unseen" : state}"><b class="said">${state}</b> ${stations[index]?.hop}, ${stations[index]?.where}: ${because}</li>`,
  );
  return html`<h4>${family}</h4><ol>${lines}</ol>`;
}
