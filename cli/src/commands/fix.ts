import { readFileSync } from "node:fs";
import { type Diagnosis, diagnose, diagnoseSaved, openSaved } from "#core/diagnosis/diagnosis.ts";
import { make } from "#core/mends/make.ts";
import { described, optionsOf, usageOf } from "#core/operations/operation.ts";
import { reason } from "#files/reason.ts";
import { type CliCommand, type Exit, UsageError } from "../command.ts";
import { outsideOf, subjectOf } from "../diagnose-subject.ts";
import { followUp } from "../fixing/follow-up.ts";
import { sayHalfDone } from "../fixing/half-done.ts";
import { forgetChange, listChanges, undoRecorded } from "../fixing/on-record.ts";
import { type OpenedToChange, openChangeable } from "../fixing/open.ts";
import { type MendOffer, offerOf, printOffer } from "../fixing/show.ts";
import type { FixTold } from "../fixing/told.ts";
import { timeoutOption } from "../open-cluster.ts";
import { oneOf, parse } from "../options.ts";
import { terminal } from "../terminal.ts";

export const operation = described({
  name: "fix",
  listed: 25,
  editor: "kube-ipv6.showChange",
  summary: "show the change of an object that mends a proven cause, and make it, see whether it helped, and undo it",
  usage: "[OPTIONS]",
  says: `Diagnoses as kube-ipv6 diagnose does, and shows for each proven cause what the API can mend itself: the object before and after, as the server's
own dry run (dryRun=All) says. Nothing is changed without a yes to what was shown. What was agreed to is written down on this machine,
sent once, refused by the server if the object is another by then, asked for again in the words of the diagnosis, and can be undone while
nobody else has changed it. What would make clients be refused connections is not offered, and why is said; what has to be done on
a node is printed to be copied, with what it risks.`,
  inputs: {
    context: { takes: "NAME", says: "a context of the kubeconfig", byDefault: "the current one" },
    kubeconfig: { takes: "FILE", says: "as for kubectl; KUBECONFIG and ~/.kube/config are read without it" },
    namespace: { short: "n", takes: "NAME", says: "as for diagnose", byDefault: "the context's" },
    from: { takes: "POD", says: "the pod to look from, as for diagnose" },
    to: { takes: "TARGET", says: "what it should reach, as for diagnose" },
    outside: { takes: "ADDRESS", repeatable: true, says: "also dialled, as for diagnose" },
    open: { takes: "FILE", says: "a diagnosis that was saved, instead of asking first; it is asked again afterwards" },
    cause: { takes: "ID", says: "mend this one alone" },
    yes: {
      says: "agrees to the change that mends the cause named by --cause; without it and without a terminal nothing is changed",
    },
    list: { says: "show the changes that are on record here and how they stand in the cluster, and change nothing" },
    undo: { takes: "ID", says: "put back what a change on record has changed, if nobody has changed it since" },
    forget: { takes: "ID", says: "leave a change as it is, and take it off the record" },
    format: { short: "o", takes: ["text", "json"], says: "how to print; json asks nobody", byDefault: "text" },
    timeout: { takes: "SECONDS", says: "how long a single request may take", byDefault: "10" },
    quiet: { says: "say nothing of the progress" },
  },
  exits: {
    0: "nothing is to be mended, or what was changed was seen to help, or was undone",
    1: "something is left: nothing was agreed to, nothing is offered, or it did not help",
    2: "wrong usage",
    3: "the cluster could not be looked at",
  },
  writes: "an object of the cluster, once its change was shown and agreed to",
});

export const command: CliCommand = { usage: usageOf(operation), run };

type Values = ReturnType<typeof parse<ReturnType<typeof optionsOf<typeof operation.inputs>>>>["values"];

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = parse(args, optionsOf(operation));
  if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is no option; the target goes behind --to`);
  timeoutOption(values.timeout);
  const modes = (["list", "undo", "forget"] as const).filter((mode) => values[mode] !== undefined);
  if (values.yes && values.cause === undefined)
    throw new UsageError(
      "--yes agrees to the change for one cause, which --cause names: run it without both to see it",
    );
  if (isJson(values) && modes.length > 0) throw new UsageError(`--format json is not for --${modes[0]}`);
  if (modes.length > 1) throw new UsageError(`--${modes[0]} and --${modes[1]} are not for one run`);
  subjectOf(askedIn(values), values.namespace ?? "default");
  const opened = await openChangeable(values);
  if (!opened.ok) {
    terminal.complain(`kube-ipv6 fix: ${opened.refusal.message}`);
    if (opened.refusal.remedy !== undefined) terminal.complain(opened.refusal.remedy);
    return 3;
  }
  const { cluster, changes } = opened.value;
  const abort = new AbortController();
  const onSignal = () => abort.abort();
  process.once("SIGINT", onSignal);
  try {
    if (values.list) return await listChanges(changes);
    if (values.undo !== undefined) return await undoRecorded(changes, values.undo);
    if (values.forget !== undefined) return forgetChange(changes, values.forget);
    await sayHalfDone("fix", cluster.server);
    return await mend(opened.value, values, abort.signal);
  } finally {
    process.off("SIGINT", onSignal);
    cluster.close();
  }
}

function askedIn(values: Values) {
  return { from: values.from, to: values.to, outside: outsideOf(values.outside, false) };
}

async function mend(opened: OpenedToChange, values: Values, signal: AbortSignal): Promise<Exit> {
  const { cluster, namespace } = opened;
  const before = values.open === undefined ? undefined : await savedIn(values.open, cluster.context);
  const subject = before?.subject ?? subjectOf(askedIn(values), values.namespace ?? namespace);
  const ask = async () => {
    const say = (text: string) => (values.quiet ? undefined : terminal.progress(text));
    const told = await diagnose(cluster, subject, {
      signal,
      now: Date.now,
      access: "exec",
      onProgress: ({ asking, vantage, done, total }) => say(`[${done}/${total}] ${vantage}: ${asking}`),
    });
    say("");
    return told;
  };
  const diagnosis = before ?? (await ask());
  if (diagnosis.stopped) {
    terminal.complain(`kube-ipv6 fix: ${diagnosis.stopped.message}`);
    return 3;
  }
  const { context, server } = cluster;
  const told: FixTold = { context, server, causes: [] };
  const exit = await offerAndMake(opened, diagnosis, values, told, ask, signal);
  if (isJson(values)) terminal.printData(`${JSON.stringify({ ...told, exit }, undefined, 2)}\n`);
  return exit;
}

/** What is said on the way is what the JSON holds in the end. */
async function offerAndMake(
  opened: OpenedToChange,
  diagnosis: Diagnosis,
  values: Values,
  told: FixTold,
  ask: () => Promise<Diagnosis>,
  signal: AbortSignal,
): Promise<Exit> {
  const proven = diagnosis.verdicts.filter(({ status, latent }) => status === "proven" && !latent);
  const chosen = values.cause === undefined ? proven : proven.filter(({ cause }) => cause === values.cause);
  const print = isJson(values) ? () => {} : terminal.print;
  if (chosen.length === 0) {
    const fails = Object.values(diagnosis.families).some((family) => family.fails.length > 0);
    const what = values.cause === undefined ? "No cause is proven" : `${values.cause} is not proven`;
    told.not = fails ? `${what}, so that nothing is offered; kube-ipv6 diagnose says more.` : "Nothing fails.";
    print(`${told.not}\n`);
    return fails ? 1 : 0;
  }
  const offers: MendOffer[] = [];
  for (const verdict of chosen) {
    const offer = await offerOf(opened, verdict, diagnosis, signal);
    told.causes.push(offer.told);
    if (!isJson(values)) printOffer(offer, opened);
    offers.push(offer);
  }
  const stays = (why: string): Exit => {
    told.not = why;
    terminal.complain(`kube-ipv6 fix: ${why}`);
    return 1;
  };
  const offered = offers.flatMap(({ verdict, proposal }) => (proposal ? { verdict, proposal } : []));
  const [offer, second] = offered;
  if (!offer) return 1;
  if (second) {
    const ids = offered.map(({ verdict }) => verdict.cause).join(", ");
    return stays(`nothing was changed: one at a time, named by --cause (${ids})`);
  }
  const asks = terminal.asks && !isJson(values);
  if (!values.yes && !(asks && (await terminal.agrees("Make this change?", signal))))
    return stays("nothing was changed: nobody agreed to it (--yes)");
  const change = await make(opened.changes, offer.proposal, { cause: offer.verdict.cause, asked: options(values) });
  if ("not" in change) return stays(change.not);
  return followUp(opened, offer, change, { told, print, ask, signal });
}

function isJson(values: Values): boolean {
  return oneOf("format", values.format, ["text", "json"]) === "json";
}

async function savedIn(path: string, context: string): Promise<Diagnosis> {
  try {
    const bundle = openSaved(readFileSync(path, "utf8"));
    if (typeof bundle === "string") throw new UsageError(`--open ${path}: ${bundle}`);
    if (bundle.context !== context)
      throw new UsageError(`--open ${path} is of context "${bundle.context}", and this is "${context}"`);
    return await diagnoseSaved(bundle);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`--open ${path}: ${reason(error)}`);
  }
}

/** The options by which the same is asked again. */
function options({ from, to, namespace, context, kubeconfig, outside = [] }: Values): readonly string[] {
  const given = Object.entries({ kubeconfig, context, namespace, from, to });
  return [
    ...given.flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value])),
    ...outside.flatMap((address) => ["--outside", address]),
  ];
}
