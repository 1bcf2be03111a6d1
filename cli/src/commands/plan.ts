import { ranges } from "#core/facts/ranges.ts";
import { FactIndex } from "#core/lint/fact-index.ts";
import { anything } from "#core/manifest/mentions.ts";
import { optionsOf, usageOf } from "#core/operations/operation.ts";
import { plan as operation } from "#core/operations/plan.ts";
import { buildPlan, placedPrefixes, planToJson, planToMarkdown } from "#core/plan/plan.ts";
import { sentenceOf } from "#core/report/unjudged.ts";
import { printableJson } from "#core/text/printable.ts";
import { type CliCommand, type Exit, UsageError } from "../command.ts";
import { oneOf, parse } from "../options.ts";
import { readDocuments } from "../read-documents.ts";
import { terminal } from "../terminal.ts";

export const command: CliCommand = { usage: usageOf(operation), run };

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = parse(args, optionsOf(operation));
  if (positionals.length === 0) throw new UsageError("which files?");
  const format = oneOf("format", values.format, ["markdown", "json"]) ?? "markdown";
  const { files, unjudged } = readDocuments(positionals);
  const holders = files.flatMap(({ name, documents }) =>
    documents.map(({ text, resources }, document) => ({ file: name, document, glance: anything(text), resources })),
  );
  const plan = buildPlan(placedPrefixes(new FactIndex(() => holders).all(ranges)));
  if (format === "json") terminal.printData(printableJson(`${JSON.stringify(planToJson(plan), undefined, 2)}\n`));
  else terminal.print(planToMarkdown(plan));
  for (const each of unjudged) terminal.complain(`kube-ipv6 plan: ${sentenceOf(each)}`);
  if (unjudged.length > 0) return 3;
  return plan.overlaps.length > 0 ? 1 : 0;
}
