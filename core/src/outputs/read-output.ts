import { formats } from "./formats/index.ts";
import type { Sign } from "./output.ts";
import { sectionsOf } from "./sections.ts";

/** What a pasted text says of IPv6, and how much of it was understood. Plain JSON. */
export interface Read {
  readonly signs: readonly Sign[];
  /** Which outputs were seen: the title of a format, and how many lines of it. */
  readonly seen: readonly { readonly title: string; readonly lines: number }[];
  /** First and last line of what was not understood. */
  readonly notUnderstood: readonly (readonly [number, number])[];
}

/** Reads what programs printed, in any order and cut off anywhere. Never throws; "nothing odd" is said of what was understood alone. */
export function readOutput(text: string): Read {
  const signs: Sign[] = [];
  const seen = new Map<string, Set<number>>();
  const understood = new Set<number>();
  const all: number[] = [];
  for (const section of sectionsOf(text)) {
    all.push(...section.lines.map(({ number }) => number));
    for (const { format } of formats) {
      const heard = format.hear(section);
      if (heard.understood.length === 0) continue;
      const lines = seen.get(format.title) ?? new Set<number>();
      for (const number of heard.understood) {
        lines.add(number);
        understood.add(number);
      }
      seen.set(format.title, lines);
      signs.push(...heard.signs);
    }
  }
  return {
    signs: signs.sort((a, b) => a.line - b.line),
    seen: [...seen].map(([title, lines]) => ({ title, lines: lines.size })),
    notUnderstood: spans(all.filter((number) => !understood.has(number))),
  };
}

function spans(numbers: readonly number[]): [number, number][] {
  const spans: [number, number][] = [];
  for (const number of numbers) {
    const last = spans.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else spans.push([number, number]);
  }
  return spans;
}
