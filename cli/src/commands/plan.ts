import { ranges } from "#core/facts/ranges.ts";
import { FactIndex } from "#core/lint/fact-index.ts";
import { anything } from "#core/manifest/mentions.ts";
import { described, optionsOf, usageOf } from "#core/operations/operation.ts";
import { buildPlan, placedPrefixes, planToJson, planToMarkdown } from "#core/plan/plan.ts";
import { sentenceOf } from "#core/report/unjudged.ts";
import { printableJson } from "#core/text/printable.ts";
import { type CliCommand, type Exit, UsageError } from "../command.ts";
import { oneOf, parse } from "../options.ts";
import { readDocuments } from "../read-documents.ts";
import { terminal } from "../terminal.ts";

export const operation = described({
  name: "plan",
  listed: 50,
  editor: "kube-ipv6.showPlan",
  summary: "every prefix of the manifests: what holds what, what overlaps, what is free",
  usage: "[OPTIONS] PATH...",
  operands: { name: "paths", says: "files or folders of manifests", many: true },
  tool: {
    title: "Address plan",
    says: "Which ranges of addresses the manifests hand out (pods, Services, nodes, pools, load balancers), which overlap, and what is free.",
    takes: [],
    text: "the text of one or several YAML documents, instead of paths",
  },
  says: `Every range that the manifests hand out addresses from, of all files together: pods, services, nodes, pools, load balancers
and address plans. What holds what, what overlaps, and what is free.`,
  inputs: { format: { short: "o", takes: ["markdown", "json"], says: "how to print", byDefault: "markdown" } },
  exits: { 0: "nothing overlaps", 1: "ranges overlap", 2: "wrong usage", 3: "not all could be read as a whole" },
  writes: "nothing",
});

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
