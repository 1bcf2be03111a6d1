// Every fault on every cluster that it can stand on: `npm run lab:faults [-- --only ID] [--shape routed] [--chosen] [--jobs N]`,
// as root; `--part 2/5` makes the second of five parts, each of which comes by all of them. With FAULTS_OBSERVATIONS=1 all that was seen
// is printed where the answer is wrong.
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { whyNoLab } from "#test/lab/requirements.ts";
import type { Run } from "./case.ts";
import { chosen, runs } from "./entries.ts";
import { type Answered, missing, runName } from "./run.ts";
import { shapeName } from "./shapes.ts";

const { values } = parseArgs({
  options: {
    only: { type: "string", multiple: true, default: [] },
    shape: { type: "string", default: "" },
    chosen: { type: "boolean", default: false },
    jobs: { type: "string", default: "1" },
    part: { type: "string", default: "1/1" },
  },
});
const why = await whyNoLab();
if (why !== undefined) {
  console.error(`no lab: ${why}`);
  process.exit(77);
}
const words = values.shape.split(/[ ,]+/).filter(Boolean);
const [part = 1, parts = 1] = values.part.split("/").map(Number);
const wanted = (values.chosen ? chosen : runs).filter(
  (run, index) =>
    index % parts === part - 1 &&
    (values.only.length === 0 || values.only.some((id) => run.entry.id === id)) &&
    words.every((word) => shapeName(run.shape).split(" ").includes(word)),
);
const began = performance.now();
const wrong: string[] = [];
const left: string[] = [];
let again = 0;
const failed = new Set<string>();
const queue = [...wanted];
await Promise.all(
  Array.from({ length: Number(values.jobs) }, (_, index) => work(`faults${process.pid}${"abcdefgh"[index]}`)),
);

const ran = wanted.filter((run) => !missing(run));
const right = ran.length - wrong.length;
const named = new Set(ran.filter(({ entry }) => entry.causes.length === 1).map(({ entry }) => entry.id));
const healthy = new Set(ran.filter(({ entry }) => entry.causes.length === 0).map(({ entry }) => entry.what));
const pairs = new Set(ran.filter(({ entry }) => entry.causes.length === 2).map(({ entry }) => entry.id));
const good = (all: ReadonlySet<string>) => `${[...all].filter((one) => !failed.has(one)).length} of ${all.size}`;
console.log(
  `\n${right} of ${ran.length} right, ${again} of them when asked again, in ${Math.round((performance.now() - began) / 1000)} s`,
);
console.log(`causes named first and alone, wherever they can stand: ${good(named)}`);
console.log(`variants in which nothing is claimed: ${good(healthy)}; pairs with both named: ${good(pairs)}`);
for (const name of left) console.log(`left out: ${name}`);
for (const name of wrong) console.log(`wrong: ${name}`);
process.exitCode = wrong.length === 0 ? 0 : 1;

async function work(lab: string): Promise<void> {
  const job = fork(fileURLToPath(new URL("job.ts", import.meta.url)));
  const make = async (run: Run): Promise<Answered> => {
    job.send([runs.findIndex(({ entry, shape }) => entry === run.entry && shape === run.shape), lab]);
    const [answered] = await once(job, "message");
    return answered;
  };
  for (let run = queue.shift(); run; run = queue.shift()) await one(run, make);
  job.disconnect();
}

async function one(run: Run, make: (run: Run) => Promise<Answered>): Promise<void> {
  const lacking = missing(run);
  if (lacking !== undefined) return void left.push(`${runName(run)}: ${lacking}`);
  const started = performance.now();
  const { wrong: says, tries } = await make(run);
  const took = `${((performance.now() - started) / 1000).toFixed(1)} s${tries > 1 ? `, asked ${tries} times` : ""}`;
  console.log(`${says.length === 0 ? "right" : "WRONG"} ${runName(run)} ${took}`);
  if (tries > 1 && says.length === 0) again++;
  for (const line of says) console.log(`  ${line}`);
  if (says.length === 0) return;
  wrong.push(runName(run));
  failed.add(run.entry.causes.length === 0 ? run.entry.what : run.entry.id);
}
