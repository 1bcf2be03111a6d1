/**
 * What a keystroke costs the engine, rules included, against parsing the whole text with `yaml`, in one process.
 * `node bench/keystroke.ts [LINES]`
 */
import { parseAllDocuments } from "yaml";
import { Workspace } from "#core/lint/workspace.ts";
import type { TextChange } from "#core/manifest/file.ts";
import { rules } from "#core/rules/index.ts";
import { bundle, list, random } from "./manifests.ts";
import { percentile, ratio, table } from "./measure.ts";

const lines = Number(process.argv[2] ?? 10_000);

table(
  [
    "text",
    "keystrokes",
    "yaml, whole text: median ms",
    "engine: median ms",
    "p99 ms",
    "median to yaml's",
    "p99 to yaml's median",
  ],
  [row(`${lines} lines, many documents`, bundle(lines), 1500), row(`${lines} lines, one List`, list(lines), 300)],
);

function row(title: string, text: string, count: number): string[] {
  const parse = sample(12, () => void parseAllDocuments(text));
  const yaml = percentile(parse.slice(2), 50);
  const workspace = new Workspace(rules);
  workspace.open("bench.yaml", text);
  workspace.check("bench.yaml");
  const times: number[] = [];
  for (const change of keystrokes(text, count)) {
    const started = performance.now();
    workspace.change("bench.yaml", change);
    workspace.check("bench.yaml");
    times.push(performance.now() - started);
  }
  const warm = times.slice(Math.floor(times.length / 10));
  const [median, p99] = [percentile(warm, 50), percentile(warm, 99)];
  return [
    title,
    String(warm.length),
    yaml.toFixed(1),
    median.toFixed(4),
    p99.toFixed(3),
    ratio(median, yaml),
    ratio(p99, yaml),
  ];
}

/** Bursts of typing a line at the end of random lines, then taking it back character by character. */
function* keystrokes(text: string, count: number): Generator<TextChange> {
  const next = random(3);
  const written = text.split("\n");
  for (let made = 0; made < count; ) {
    const line = Math.floor(next() * (written.length - 1));
    const indent = /^ */.exec(written[line] ?? "")?.[0] ?? "";
    const typed = `  # ${indent}fd00::1 ipFamilyPolicy`;
    let character = (written[line] ?? "").length;
    for (const letter of typed) {
      const at = { line, character: character++ };
      yield { start: at, end: at, text: letter };
      made++;
    }
    for (let left = typed.length; left > 0; left--, made++) {
      character--;
      yield { start: { line, character }, end: { line, character: character + 1 }, text: "" };
    }
  }
}

function sample(rounds: number, run: () => void): number[] {
  return Array.from({ length: rounds }, () => {
    const started = performance.now();
    run();
    return performance.now() - started;
  });
}
