import { spanOf } from "#core/addresses/span.ts";
import { ranges as facts } from "#core/facts/ranges.ts";
import { FactIndex } from "#core/lint/fact-index.ts";
import { anything } from "#core/manifest/mentions.ts";
import { optionsOf, usageOf } from "#core/operations/operation.ts";
import { ranges as operation } from "#core/operations/ranges.ts";
import { placedPrefixes } from "#core/plan/plan.ts";
import { readRanges } from "#core/ranges/live.ts";
import { holdersIn, isNearlyFull, rangesToJson, rangesToMarkdown, rangesToText } from "#core/report/ranges.ts";
import { sentenceOf } from "#core/report/unjudged.ts";
import { type CliCommand, type Exit, UsageError } from "../command.ts";
import { withCluster } from "../open-cluster.ts";
import { oneOf, parse } from "../options.ts";
import { readDocuments } from "../read-documents.ts";
import { terminal } from "../terminal.ts";

export const command: CliCommand = { usage: usageOf(operation), run };

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = parse(args, optionsOf(operation));
  const format = oneOf("format", values.format, ["text", "markdown", "json"]) ?? "text";
  if (values.who !== undefined && !spanOf(values.who) && !spanOf(`${values.who}-${values.who}`))
    throw new UsageError(`--who is an address or a prefix, not "${values.who}"`);
  const planned = planOf(positionals);
  return withCluster("ranges", values, async ({ cluster }, signal) => {
    const found = await readRanges(cluster, signal);
    const unread = [...planned.unread, ...found.unread];
    const exit = unread.length > 0 ? 3 : found.ranges.some(isNearlyFull) ? 1 : 0;
    const holders = values.who === undefined ? undefined : holdersIn(found, values.who);
    if (format === "json") terminal.printData(rangesToJson(found, holders ?? found.holders, exit));
    else if (holders)
      terminal.print(
        holders.map(({ address, holder }) => `${address}  ${holder}\n`).join("") ||
          `nobody holds an address of ${values.who}\n`,
      );
    else if (format === "markdown") terminal.print(rangesToMarkdown(found, planned.of));
    else terminal.print(rangesToText(found, planned.of));
    for (const sentence of unread) terminal.complain(`kube-ipv6 ranges: ${sentence}`);
    return exit;
  });
}

/** Where the files name a range, or the smallest one that holds it. */
function planOf(paths: readonly string[]): { of: (range: string) => string | undefined; unread: readonly string[] } {
  if (paths.length === 0) return { of: () => undefined, unread: [] };
  const { files, unjudged } = readDocuments(paths);
  const holders = files.flatMap(({ name, documents }) =>
    documents.map(({ text, resources }, document) => ({ file: name, document, glance: anything(text), resources })),
  );
  const placed = placedPrefixes(new FactIndex(() => holders).all(facts));
  const of = (range: string): string | undefined => {
    const span = spanOf(range);
    const all = placed.filter(
      (one) =>
        span &&
        one.span.first.family === span.first.family &&
        one.span.first.value <= span.first.value &&
        span.last.value <= one.span.last.value,
    );
    const [smallest] = all.sort((a, b) =>
      a.span.last.value - a.span.first.value < b.span.last.value - b.span.first.value ? -1 : 1,
    );
    return (
      smallest &&
      `${smallest.text}, ${smallest.role}, ${smallest.path} of ${smallest.kind} ${smallest.name ?? ""} in ${smallest.file}`
    );
  };
  return { of, unread: unjudged.map(sentenceOf) };
}
