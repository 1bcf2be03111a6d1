import { setTimeout as pause } from "node:timers/promises";
import * as vscode from "vscode";
import type { Changeable } from "#cluster/open-to-change.ts";
import type { Change, WantedMend } from "#core/cluster/changes.ts";
import type { Diagnosis, Verdict } from "#core/diagnosis/diagnosis.ts";
import { type Held, heldNow } from "#core/mends/holds.ts";
import { make } from "#core/mends/make.ts";
import type { ProposedChange } from "#core/mends/propose.ts";
import type { MendWay } from "#core/mends/way.ts";
import { proposalNotes } from "#core/mends/words.ts";
import { kubectlLine } from "#core/probing/kubectl.ts";
import { openChangeableHere } from "../changes/open.ts";
import { showDiff } from "../changes/show-diff.ts";
import type { EditorCommand, Environment } from "../command.ts";
import type { Declared } from "../declared.ts";
import { l10n } from "../l10n.ts";
import { unlinked } from "../say.ts";

/** One proven cause of a diagnosis that is kept, which the API can mend. */
interface Mendable {
  /** Of the diagnosis. */
  readonly id: string;
  readonly diagnosis: Diagnosis;
  readonly verdict: Verdict & { readonly mend: WantedMend };
}

export const declared: Declared = { title: "Show the Change That Mends It" };

/** "Show the Change That Mends It": a diff, then a question, then what came of it. From the page `{ id, cause }`, else the latest. */
export const command: EditorCommand = async (environment, argument) => {
  const mendable = await mendableIn(environment, (argument ?? {}) as { readonly id?: string; readonly cause?: string });
  const opened = await openChangeableHere(environment.connection);
  try {
    const { context } = mendable.diagnosis;
    if (opened.cluster.context !== context)
      throw new Error(l10n`This diagnosis is of the context ${context}: run IPv6: Use Context first.`);
    return await mend(environment, opened, mendable);
  } finally {
    opened.cluster.close();
  }
};

async function mendableIn(
  { history }: Environment,
  { id, cause }: { readonly id?: string; readonly cause?: string },
): Promise<Mendable> {
  const [latest] = await history.list();
  const wanted = id ?? latest?.id;
  const diagnosis = wanted === undefined ? undefined : await history.open(wanted);
  const verdict = diagnosis?.verdicts.find((one) => one.mend && (cause === undefined || one.cause === cause));
  if (wanted === undefined || !diagnosis || !verdict?.mend)
    throw new Error(l10n`The latest diagnosis has found nothing that a change of an object would mend.`);
  return { id: wanted, diagnosis, verdict: { ...verdict, mend: verdict.mend } };
}

async function mend(environment: Environment, opened: Changeable, mendable: Mendable): Promise<Held | undefined> {
  const { verdict, diagnosis } = mendable;
  const { cluster, changes } = opened;
  const { propose } = await import("#core/mends/propose.ts");
  const from = diagnosis.symptoms.flatMap(({ from: text }) => /^pod (\S+)$/.exec(text)?.[1] ?? [])[0];
  const proposal = await progress(l10n`Asking what the server would make of it`, (signal) =>
    propose(cluster, changes, verdict.mend, { ...(from ? { from } : {}), signal }),
  );
  if ("not" in proposal) throw new Error(l10n`Not offered as a change: ${proposal.not.replace(/\.$/, "")}.`);
  await showDiff(proposal);
  if (!(await agreed(proposal, opened))) return undefined;
  const { subject } = diagnosis;
  const change = await make(changes, proposal, { cause: verdict.cause, asked: [JSON.stringify(subject)] });
  if ("not" in change) throw new Error(change.not);
  if (proposal.afterwards.length > 0) return void (await sayAfterwards(change, proposal, opened));
  return verified(environment, opened, mendable, change, proposal.way);
}

/** First beside the diff, so that it can be read, then once more with all there is to know; a yes is for nothing else. */
async function agreed(proposal: ProposedChange, { cluster }: Changeable): Promise<boolean> {
  const [question = "", ...detail] = proposalNotes(proposal, cluster);
  const asking = l10n`Apply ...`;
  if ((await vscode.window.showInformationMessage(unlinked(question), asking)) !== asking) return false;
  const apply = l10n`Apply`;
  const options = { modal: true, detail: detail.join("\n") };
  return (await vscode.window.showWarningMessage(question, options, apply)) === apply;
}

/** Asks what the diagnosis asked, until it holds or must be in force, and shows the report in the place of the one before. */
async function verified(
  { reports }: Environment,
  { cluster, changes }: Changeable,
  { id, diagnosis, verdict }: Mendable,
  change: Change,
  way: MendWay,
): Promise<Held> {
  const { diagnose } = await import("#core/diagnosis/diagnosis.ts");
  const { after, held } = await progress(l10n`Changed. Asking again`, async (signal) => {
    const until = Date.now() + way.settles * 1000;
    for (;;) {
      const again = await diagnose(cluster, diagnosis.subject, { now: () => Date.now(), signal, access: "exec" });
      const told = heldNow(verdict, way, again);
      if (told.holds || signal.aborted || Date.now() > until) return { after: again, held: told };
      await pause(3_000, undefined, { signal }).catch(() => undefined);
    }
  });
  await (await reports()).show(after, { after: id });
  changes.write({ ...change, phase: "kept" });
  const say = held.holds ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  const text = `${held.holds ? l10n`Verified` : l10n`Not verified`}: ${held.says}.`;
  // Nobody waits for an answer: the change stands, and can be undone later.
  void say(unlinked(text), l10n`Undo`).then((chosen) => chosen && undoing(change));
  return held;
}

async function sayAfterwards(change: Change, { afterwards }: ProposedChange, { changes }: Changeable): Promise<void> {
  changes.write({ ...change, phase: "kept" });
  const line = kubectlLine(change.context, afterwards);
  const copy = l10n`Copy Command`;
  void vscode.window
    .showInformationMessage(
      unlinked(l10n`Changed. For it to be in force: ${line}; then diagnose again.`),
      copy,
      l10n`Undo`,
    )
    .then((chosen) => (chosen === copy ? vscode.env.clipboard.writeText(line) : chosen && undoing(change)));
}

function undoing({ id }: Change): Thenable<unknown> {
  return vscode.commands.executeCommand("kube-ipv6.undoChange", id);
}

function progress<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Thenable<T> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, (_, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    return work(controller.signal);
  });
}
