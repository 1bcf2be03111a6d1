import { spanOf } from "#core/addresses/span.ts";
import { ranges as facts } from "#core/facts/ranges.ts";
import { FactIndex } from "#core/lint/fact-index.ts";
import { anything } from "#core/manifest/mentions.ts";
import { described, optionsOf, usageOf } from "#core/operations/operation.ts";
import { placedPrefixes } from "#core/plan/plan.ts";
import { readRanges } from "#core/ranges/live.ts";
import { rangesToHtml } from "#core/report/page/ranges.ts";
import { holdersIn, isNearlyFull, rangesToJson, rangesToMarkdown, rangesToText } from "#core/report/ranges.ts";
import { sentenceOf } from "#core/report/unjudged.ts";
import { type CliCommand, type Exit, UsageError } from "../command.ts";
import { withCluster } from "../open-cluster.ts";
import { oneOf, parse } from "../options.ts";
import { pageParts } from "../page-parts.ts";
import { readDocuments } from "../read-documents.ts";
import { terminal } from "../terminal.ts";

export const operation = described({
  name: "ranges",
  listed: 80,
  summary: "how full a cluster's address ranges are, per family, and who holds an address",
  usage: "[OPTIONS] [PATH...]",
  operands: {
    name: "paths",
    says: "files with the address plan: each range is named as it is planned there",
    many: true,
  },
  says: `Says of each range of a cluster how much of it is used and free: ServiceCIDRs by their IPAddress objects, the prefixes of nodes by the pods on
them, the range that they are cut from with the nodes it has room for, and Calico's pools and blocks. Of a ServiceCIDR that does not go it says who keeps
it. With --who it names the holders of an address, or of all of a prefix. Only reads lists of the API.`,
  inputs: {
    context: { takes: "NAME", says: "a context of the kubeconfig", byDefault: "the current one" },
    kubeconfig: { takes: "FILE", says: "as for kubectl; KUBECONFIG and ~/.kube/config are read without it" },
    timeout: { takes: "SECONDS", says: "how long a single request may take", byDefault: "10" },
    who: { takes: "ADDRESS|PREFIX", says: "who holds it" },
    format: { short: "o", takes: ["text", "markdown", "html", "json"], says: "how to print", byDefault: "text" },
  },
  exits: { 0: "no range is nearly full (90 %)", 1: "some range is", 2: "wrong usage", 3: "not all could be read" },
  writes: "nothing",
});

export const command: CliCommand = { usage: usageOf(operation), run };

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = parse(args, optionsOf(operation));
  const format = oneOf("format", values.format, ["text", "markdown", "html", "json"]) ?? "text";
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
    else if (format === "html")
      terminal.printData(rangesToHtml(found, cluster.context, unread, planned.of, pageParts()));
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
