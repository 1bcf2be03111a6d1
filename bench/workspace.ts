/**
 * What linting a whole folder costs in CPU time against parsing the same bytes with `yaml`, in one process and as fresh ones; and
 * what a second look at unchanged files costs against a stat of each. `node bench/workspace.ts [FOLDER]`; needs `npm run build`.
 * Without a folder one is made up: like real repositories, most of its bytes are CustomResourceDefinitions.
 */
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { Prefilter } from "#core/lint/prefilter.ts";
import { Workspace } from "#core/lint/workspace.ts";
import { rules } from "#core/rules/index.ts";
import { lintAll } from "./lint-all.ts";
import { childTicks, percentile, ratio, table } from "./measure.ts";
import { repository } from "./repository.ts";

const made = process.argv[2] === undefined ? repository() : undefined;
const folder = process.argv[2] ?? (made as string);
const files = readdirSync(folder, { recursive: true })
  .map((name) => join(folder, String(name)))
  .filter((name) => /\.ya?ml$/.test(name) && statSync(name).isFile());
const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0);

const cli = join(import.meta.dirname, "../dist/cli.cjs");
const parser = `const { parseAllDocuments } = require("yaml"); const { readFileSync } = require("fs");
for (const file of JSON.parse(readFileSync(0, "utf8"))) parseAllDocuments(readFileSync(file, "utf8"));`;
const warm = inTurns(7, () => lintAll(folder), parseAll(files.map((file) => readFileSync(file, "utf8"))));
const bare = cpu(5, ["-e", "0"]);
const lint = cpu(5, [cli, "lint", "--quiet", folder]);
const yaml = cpu(2, ["-e", parser], JSON.stringify(files));
const [again, stats] = unchanged();
table(
  ["measure", "figure"],
  [
    ["files", String(files.length)],
    ["MB", (bytes / 1e6).toFixed(1)],
    ["lint, from finding the files on, CPU ms", warm.ours.toFixed(0)],
    ["yaml, from texts in memory, CPU ms", warm.theirs.toFixed(0)],
    ["lint to yaml, in one process", ratio(warm.ratio, 1)],
    ["kube-ipv6 lint as a fresh process, CPU ms (over node -e 0)", `${lint} (${lint - bare})`],
    ["yaml as a fresh process, CPU ms (over node -e 0)", `${yaml} (${yaml - bare})`],
    ["lint to yaml, fresh processes", ratio(lint - bare, yaml - bare)],
    ["nothing changed: stat and check all files, ms", again.toFixed(1)],
    ["stat of all files, ms", stats.toFixed(1)],
    ["nothing changed, to a stat of all files", ratio(again, stats)],
  ],
);
if (made) rmSync(made, { recursive: true });

/**
 * CPU time of all threads in one process, garbage collected included, in turns when both have warmed up for as long as each
 * other: the medians, and that of each round's ratio. The quicker one runs ten times a turn, or else most of its time would be
 * collecting what the other left.
 */
function inTurns(rounds: number, ours: () => void, theirs: () => void) {
  for (const run of [ours, theirs]) for (const until = performance.now() + 5000; performance.now() < until; ) run();
  const pairs = Array.from({ length: rounds }, () => [cpuOf(ours, 10), cpuOf(theirs, 1)] as const);
  return {
    ours: percentile(
      pairs.map(([own]) => own),
      50,
    ),
    theirs: percentile(
      pairs.map(([, other]) => other),
      50,
    ),
    ratio: percentile(
      pairs.map(([own, other]) => own / other),
      50,
    ),
  };
}

function cpuOf(run: () => void, times: number): number {
  const before = process.cpuUsage();
  for (let count = 0; count < times; count++) run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / times;
}

function parseAll(texts: readonly string[]): () => void {
  return () => {
    for (const text of texts) parseAllDocuments(text);
  };
}

/** The median CPU time of whole processes in milliseconds; the kernel counts that of ended children in ticks of 10 ms. */
function cpu(rounds: number, args: readonly string[], input = ""): number {
  const times = Array.from({ length: rounds }, () => {
    const before = childTicks();
    spawnSync(process.execPath, args, { input, cwd: join(import.meta.dirname, ".."), maxBuffer: 1e9 });
    return (childTicks() - before) * 10;
  });
  return percentile(times, 50);
}

/** The second look in a process that has had the first: a stat tells that nothing has changed, the findings are there. */
function unchanged(): [number, number] {
  const workspace = new Workspace(rules);
  const prefilter = new Prefilter(rules);
  const known = new Map<string, number>();
  for (const file of files) {
    const documents = prefilter.documents(readFileSync(file));
    if (documents) workspace.open(file, documents);
    known.set(file, statSync(file).mtimeMs);
  }
  const look = () => {
    for (const file of files) if (statSync(file).mtimeMs !== known.get(file)) throw new Error(`${file} has changed`);
    for (const file of workspace.files) workspace.check(file);
  };
  look();
  const again = Array.from({ length: 9 }, () => timed(look));
  const stats = Array.from({ length: 9 }, () => timed(() => files.map((file) => statSync(file))));
  return [percentile(again, 50), percentile(stats, 50)];
}

function timed(run: () => unknown): number {
  const started = performance.now();
  run();
  return performance.now() - started;
}
