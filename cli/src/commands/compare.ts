import { type ComparedRun, compareRuns, runOf } from "#core/compare/compare.ts";
import { described, optionsOf, usageOf } from "#core/operations/operation.ts";
import { comparisonToJson, comparisonToText } from "#core/report/compare.ts";
import { type CliCommand, type Exit, UsageError } from "../command.ts";
import { readNamedText } from "../files.ts";
import { oneOf, parse } from "../options.ts";
import { terminal } from "../terminal.ts";

export const operation = described({
  name: "compare",
  listed: 100,
  summary: "two runs of readiness, policy --parity, services, diagnose or plan: what got better, what worse",
  usage: "[OPTIONS] BEFORE AFTER",
  operands: { name: "files", says: "what the same command printed before and after with --format json", many: true },
  says: `Holds two runs of one command against each other, each as it printed it with --format json: what was bad and is no more, what came, and how much
stayed. What was about something that is not there any more got no better, and is listed apart. No cluster is asked.`,
  inputs: { format: { short: "o", takes: ["text", "json"], says: "how to print", byDefault: "text" } },
  exits: {
    0: "nothing came that is bad",
    1: "something got worse",
    2: "wrong usage, or the two are of different commands",
    3: "a file could not be read",
  },
  writes: "nothing",
});

export const command: CliCommand = { usage: usageOf(operation), run };

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = parse(args, optionsOf(operation));
  const format = oneOf("format", values.format, ["text", "json"]) ?? "text";
  const [before, after, more] = positionals;
  if (before === undefined || after === undefined || more !== undefined)
    throw new UsageError("two files are compared: BEFORE AFTER");
  const runs: ComparedRun[] = [];
  for (const path of [before, after]) {
    const read = readNamedText(path);
    const run = "why" in read ? read.why : runOf(read.text);
    if (typeof run === "string") {
      terminal.complain(`kube-ipv6 compare: ${path} ${run}`);
      return 3;
    }
    runs.push(run);
  }
  const comparison = compareRuns(runs[0] as ComparedRun, runs[1] as ComparedRun);
  if (!comparison) throw new UsageError(`${before} is of ${runs[0]?.kind}, and ${after} of ${runs[1]?.kind}`);
  const exit = comparison.worse.length > 0 ? 1 : 0;
  if (format === "json") terminal.printData(comparisonToJson(comparison, exit));
  else terminal.print(comparisonToText(comparison));
  return exit;
}
