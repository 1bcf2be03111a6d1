import { type LedgerEntry, type OnRecord, outpostLedger, type RunEntry, runLedger } from "#cluster/ledger.ts";
import { described, optionsOf, usageOf } from "#core/operations/operation.ts";
import { whatItIs } from "#core/outposts/words.ts";
import { runWords } from "#core/ring/words.ts";
import { printableJson } from "#core/text/printable.ts";
import { type CliCommand, type Exit, UsageError } from "../command.ts";
import { type ClusterOptions, openToWrite, timeoutOption } from "../open-cluster.ts";
import { oneOf, parse } from "../options.ts";
import { terminal } from "../terminal.ts";

export const operation = described({
  name: "left",
  listed: 30,
  summary: "show what was created in clusters and not removed, and remove it",
  usage: "[OPTIONS]",
  says: `Shows what kube-ipv6 diagnose --access and nodes --ring have created in any cluster and what is still on record on this machine, and removes it.
Nothing else is touched: what is deleted has a name and a label of its own. What a diagnosis that still runs needs is left alone.`,
  inputs: {
    list: { says: "show it, and remove nothing" },
    kubeconfig: { takes: "FILE", says: "where to look for the contexts; by default where they were found then" },
    timeout: { takes: "SECONDS", says: "how long a single request may take", byDefault: "10" },
    format: { takes: ["text", "json"], says: "how to print", byDefault: "text" },
  },
  exits: {
    0: "nothing is left",
    1: "something is still there",
    2: "wrong usage",
    3: "a cluster could not be asked",
  },
  writes: "deletes what it has created",
});

export const command: CliCommand = { usage: usageOf(operation), run };

/** Something on record: an outpost, or a run with all that belongs to it. */
interface Recorded extends Pick<OnRecord, "context" | "server" | "kubeconfig" | "created"> {
  readonly name: string;
  readonly needed: boolean;
  readonly words: string;
  readonly document: Readonly<Record<string, unknown>>;
}

/** What became of one thing on record. */
interface Fate {
  readonly entry: Recorded;
  readonly state: "removed" | "in use" | "still there" | "not asked";
  readonly why?: string;
}

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = parse(args, optionsOf(operation));
  if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is no option`);
  const format = oneOf("format", values.format, ["text", "json"]) ?? "text";
  timeoutOption(values.timeout);
  const entries = [...outpostLedger().entries().map(ofOutpost), ...runLedger().entries().map(ofRun)];
  const stale = entries.filter((entry) => !entry.needed);
  const groups = [...Map.groupBy(stale, (entry) => `${entry.server} ${entry.context}`).values()];
  const ended = values.list
    ? stale.map((entry): Fate => ({ entry, state: "still there", why: "on record" }))
    : (await Promise.all(groups.map((same) => removed(same, values)))).flat();
  const fates = [
    ...entries.filter(({ needed }) => needed).map((entry): Fate => ({ entry, state: "in use" })),
    ...ended,
  ];
  if (format === "json") terminal.printData(printableJson(`${JSON.stringify(fates.map(documentOf), undefined, 2)}\n`));
  else terminal.print(fates.length === 0 ? "Nothing is left.\n" : `${fates.map(lineOf).join("\n")}\n`);
  if (fates.some(({ state }) => state === "not asked")) return 3;
  return fates.some(({ state }) => state === "still there") ? 1 : 0;
}

function ofOutpost(entry: LedgerEntry): Recorded {
  const { level, namespace, pod, container, node } = entry.outpost;
  const document = { level, namespace, pod, container, node };
  return {
    ...entry,
    name: container,
    needed: outpostLedger().isNeeded(entry),
    words: whatItIs(entry.outpost),
    document,
  };
}

function ofRun(entry: RunEntry): Recorded {
  const { name, namespace, nodes } = entry.run;
  const document = { level: "run", namespace, job: name, nodes };
  return { ...entry, name, needed: runLedger().isNeeded(entry), words: runWords(entry.run), document };
}

/** Removes what was created by one context; another cluster may stand behind its name by now. */
async function removed(entries: readonly Recorded[], { kubeconfig: path, timeout }: ClusterOptions): Promise<Fate[]> {
  const [{ context = "", server, kubeconfig } = {}] = entries;
  const unasked = (why: string) => entries.map((entry): Fate => ({ entry, state: "not asked", why }));
  const opened = await openToWrite({ kubeconfig: path ?? kubeconfig, context, timeout });
  if (!opened.ok) return unasked(opened.refusal.message);
  try {
    const { cluster } = opened.value;
    if (cluster.server !== server) return unasked(`context "${context}" is another cluster now`);
    const outposts = await cluster.outposts(outpostLedger()).sweep();
    const runs = await cluster.workloads(runLedger()).sweep();
    const left = new Map([
      ...outposts.map(({ outpost, why }) => [outpost.container, why] as const),
      ...runs.map(({ run: { name }, why }) => [name, why] as const),
    ]);
    return entries.map((entry): Fate => {
      const why = left.get(entry.name);
      return why === undefined ? { entry, state: "removed" } : { entry, state: "still there", why };
    });
  } finally {
    opened.value.cluster.close();
  }
}

function lineOf({ entry: { words, context, created }, state, why }: Fate): string {
  const since = new Date(created).toISOString();
  return `${state}  ${words} in context "${context}", since ${since}${why ? `: ${why}` : ""}`;
}

function documentOf({ entry: { document, context, server, created }, state, why }: Fate) {
  return { state, why: why ?? null, ...document, context, server, created: new Date(created).toISOString() };
}
