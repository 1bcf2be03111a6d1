import { readFileSync } from "node:fs";
import type { Change } from "#core/cluster/changes.ts";
import { type Diagnosis, diagnose, diagnoseSaved, openSaved, type Verdict } from "#core/diagnosis/diagnosis.ts";
import { make } from "#core/mends/make.ts";
import type { ProposedChange } from "#core/mends/propose.ts";
import { described, optionsOf, usageOf } from "#core/operations/operation.ts";
import { kubectlLine } from "#core/probing/kubectl.ts";
import { reason } from "#files/reason.ts";
import { type CliCommand, type Exit, UsageError } from "../command.ts";
import { outsideOf, subjectOf } from "../diagnose-subject.ts";
import { askAgain } from "../fixing/ask-again.ts";
import { sayHalfDone } from "../fixing/half-done.ts";
import { forgetChange, listChanges, undoRecorded } from "../fixing/on-record.ts";
import { type OpenedToChange, openChangeable } from "../fixing/open.ts";
import { nothingProven, showChange } from "../fixing/show.ts";
import { timeoutOption } from "../open-cluster.ts";
import { parse } from "../options.ts";
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
  const proven = diagnosis.verdicts.filter(({ status, latent }) => status === "proven" && !latent);
  const chosen = values.cause === undefined ? proven : proven.filter(({ cause }) => cause === values.cause);
  if (chosen.length === 0) return nothingProven(diagnosis, values.cause);
  const offers = [];
  for (const verdict of chosen) {
    const offered = await showChange(opened, verdict, diagnosis, signal);
    if (offered) offers.push({ verdict, offered });
  }
  const [offer, second] = offers;
  if (!offer) return 1;
  if (second) {
    const ids = offers.map(({ verdict }) => verdict.cause).join(", ");
    terminal.complain(`kube-ipv6 fix: nothing was changed: one at a time, named by --cause (${ids})`);
    return 1;
  }
  if (!values.yes && !(terminal.asks && (await terminal.agrees("Make this change?", signal)))) {
    terminal.complain("kube-ipv6 fix: nothing was changed: nobody agreed to it (--yes)");
    return 1;
  }
  const asked = options(values);
  const change = await make(opened.changes, offer.offered, { cause: offer.verdict.cause, asked });
  if ("not" in change) {
    terminal.complain(`kube-ipv6 fix: ${change.not}`);
    return 1;
  }
  return seen(opened, change, offer, ask, signal);
}

/** Whether it helped, by the question that found the cause. */
async function seen(
  { changes }: OpenedToChange,
  change: Change,
  { verdict, offered }: { readonly verdict: Verdict; readonly offered: ProposedChange },
  ask: () => Promise<Diagnosis>,
  signal: AbortSignal,
): Promise<Exit> {
  const undoing = `kube-ipv6 fix --undo ${change.id}`;
  terminal.print(`Changed. ${undoing} puts it back.\n`);
  if (offered.afterwards.length > 0) {
    changes.write({ ...change, phase: "kept" });
    const again = ["kube-ipv6", "diagnose", ...change.asked].join(" ");
    terminal.print(`Now run: ${kubectlLine(change.context, offered.afterwards)}\nand then: ${again}\n`);
    return 1;
  }
  const held = await askAgain(verdict, offered.way, ask, signal);
  if (signal.aborted) return 1;
  changes.write({ ...change, phase: "kept" });
  terminal.print(
    held.holds ? `Verified: ${held.says}.\n` : `Not verified: ${held.says}.\nIt is undone by: ${undoing}\n`,
  );
  return held.holds ? 0 : 1;
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
