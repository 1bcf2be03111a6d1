import { isNeeded, Ledger, type LedgerEntry } from "#cluster/ledger.ts";
import { described, optionsOf, usageOf } from "#core/operations/operation.ts";
import { whatItIs } from "#core/outposts/words.ts";
import { printableJson } from "#core/text/printable.ts";
import { type CliCommand, type Exit, UsageError } from "../command.ts";
import { type ClusterOptions, openToWrite, timeoutOption } from "../open-cluster.ts";
import { oneOf, parse } from "../options.ts";
import { terminal } from "../terminal.ts";

export const operation = described({
  name: "left",
  listed: 30,
  summary: "show what diagnoses have created in clusters and not removed, and remove it",
  usage: "[OPTIONS]",
  says: `Shows what kube-ipv6 diagnose --access has created in any cluster and what is still on record on this machine, and removes it.
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

/** What became of one thing on record. */
interface Fate {
  readonly entry: LedgerEntry;
  readonly state: "removed" | "in use" | "still there" | "not asked";
  readonly why?: string;
}

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = parse(args, optionsOf(operation));
  if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is no option`);
  const format = oneOf("format", values.format, ["text", "json"]) ?? "text";
  timeoutOption(values.timeout);
  const ledger = new Ledger();
  const entries = ledger.entries();
  const needed = entries.filter(isNeeded);
  const stale = entries.filter((entry) => !needed.includes(entry));
  const groups = [...Map.groupBy(stale, (entry) => `${entry.server} ${entry.context}`).values()];
  const ended = values.list
    ? stale.map((entry): Fate => ({ entry, state: "still there", why: "on record" }))
    : (await Promise.all(groups.map((same) => removed(same, ledger, values)))).flat();
  const fates = [...needed.map((entry): Fate => ({ entry, state: "in use" })), ...ended];
  if (format === "json") terminal.printData(printableJson(`${JSON.stringify(fates.map(documentOf), undefined, 2)}\n`));
  else terminal.print(fates.length === 0 ? "Nothing is left.\n" : `${fates.map(lineOf).join("\n")}\n`);
  if (fates.some(({ state }) => state === "not asked")) return 3;
  return fates.some(({ state }) => state === "still there") ? 1 : 0;
}

/** Removes what was created by one context; another cluster may stand behind its name by now. */
async function removed(
  entries: readonly LedgerEntry[],
  ledger: Ledger,
  { kubeconfig: path, timeout }: ClusterOptions,
): Promise<Fate[]> {
  const [{ context = "", server, kubeconfig } = {}] = entries;
  const unasked = (why: string) => entries.map((entry): Fate => ({ entry, state: "not asked", why }));
  const opened = await openToWrite({ kubeconfig: path ?? kubeconfig, context, timeout });
  if (!opened.ok) return unasked(opened.refusal.message);
  try {
    const { cluster } = opened.value;
    if (cluster.server !== server) return unasked(`context "${context}" is another cluster now`);
    const left = await cluster.outposts(ledger).sweep();
    return entries.map((entry): Fate => {
      const found = left.find(({ outpost }) => outpost.container === entry.outpost.container);
      return found ? { entry, state: "still there", why: found.why } : { entry, state: "removed" };
    });
  } finally {
    opened.value.cluster.close();
  }
}

function lineOf({ entry, state, why }: Fate): string {
  const { outpost, context, created } = entry;
  const since = new Date(created).toISOString();
  return `${state}  ${whatItIs(outpost)} in context "${context}", since ${since}${why ? `: ${why}` : ""}`;
}

function documentOf({ entry: { outpost, context, server, created }, state, why }: Fate) {
  const { level, namespace, pod, container, node } = outpost;
  return {
    state,
    why: why ?? null,
    level,
    namespace,
    pod,
    container,
    node,
    context,
    server,
    created: new Date(created).toISOString(),
  };
}
