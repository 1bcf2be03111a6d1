import * as vscode from "vscode";
import type { Cluster } from "#core/cluster/cluster.ts";
import type { Demo } from "#core/diagnosis/demo.ts";
import type { Beyond, Diagnosis, Subject } from "#core/diagnosis/diagnosis.ts";
import { missingSentence } from "#core/diagnosis/missing.ts";
import { headlineOf } from "#core/report/conclusions.ts";
import { shortSubject } from "#core/report/names.ts";
import type { Environment } from "../command.ts";
import { l10n } from "../l10n.ts";
import { writeDown } from "../log.ts";
import { sayError, unlinked } from "../say.ts";
import { beyondOfSettings, lookingAt } from "./beyond.ts";
import { agreesHere } from "./options.ts";

const running = new Set<AbortController>();

/** `after`: the id of the diagnosis whose place in the editor it takes. */
export async function diagnoseAndShow(
  environment: Environment,
  cluster: Cluster,
  subject: Subject,
  after?: string,
): Promise<Diagnosis> {
  const beyond = await beyondOfSettings(environment.context, cluster, subject.namespace ?? "default");
  const result = await withProgress(cluster, subject, beyond);
  // By then another cluster object may stand for the context, since a refresh closes this one.
  const again = async () =>
    void (await withHeldCluster(environment, (current) => diagnoseAndShow(environment, current, subject, after)));
  const short = inOneSentence(result);
  writeDown(l10n`diagnosis in ${cluster.context} of ${shortSubject(subject)}: ${short ?? headlineOf(result)}`);
  if (short === undefined) await (await environment.reports()).show(result, after === undefined ? {} : { after });
  else void offerRetry(short, result, again);
  return result;
}

/** What needs no page: that it was cancelled, that the cluster said nothing at all, that what was named is not there. */
function inOneSentence({ missing, stopped, mayNot, observations }: Diagnosis): string | undefined {
  if (missing.length > 0) return missing.map(missingSentence).join("; ");
  if (!stopped || mayNot) return undefined;
  const silent = stopped.reason === "cancelled" || !observations.some(({ answer }) => answer.ok);
  return silent ? sentence(stopped) : undefined;
}

async function offerRetry(text: string, { cancelled, stopped }: Diagnosis, again: () => Promise<void>): Promise<void> {
  const retry = { title: l10n`Retry` };
  const say = cancelled ? vscode.window.showInformationMessage : vscode.window.showErrorMessage;
  const elsewhere = stopped && !cancelled ? [useContext, openKubeconfig] : [];
  const chosen = await say<vscode.MessageItem>(unlinked(text), retry, ...elsewhere);
  if (chosen === retry) await again().catch(sayError);
  else await runChosen(chosen);
}

/** Nothing can be asked of a recording, so whatever it was asked for, there is the one diagnosis that was recorded. */
export async function showDemo(environment: Environment, demo: Demo, after?: string): Promise<Diagnosis> {
  const { diagnoseDemo } = await import("#core/diagnosis/demo.ts");
  const result = await diagnoseDemo(demo);
  await (await environment.reports()).show(result, { demo: true, ...(after === undefined ? {} : { after }) });
  return result;
}

function withProgress(cluster: Cluster, subject: Subject, beyond: Beyond | undefined): Thenable<Diagnosis> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: l10n`IPv6 diagnosis in ${cluster.context}`,
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (progress, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    running.add(controller);
    await setRunning();
    try {
      const { diagnose } = await import("#core/diagnosis/diagnosis.ts");
      return await diagnose(cluster, subject, {
        now: () => Date.now(),
        signal: controller.signal,
        access: lookingAt(),
        ...(beyond ? { beyond } : {}),
        ...(subject.alsoFrom?.here
          ? { here: { machine: (await import("#cluster/here.ts")).here, agree: agreesHere } }
          : {}),
        onProgress: ({ asking, vantage }) =>
          progress.report({ message: l10n`asking ${vantage} for ${shortened(asking)}` }),
      });
    } finally {
      running.delete(controller);
      await setRunning();
    }
  });
}

/** The palette offers to cancel only while there is something to cancel. */
function setRunning(): Thenable<unknown> {
  return vscode.commands.executeCommand("setContext", "kube-ipv6.diagnosing", running.size > 0);
}

function shortened(text: string): string {
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}

function sentence({ message, remedy = "" }: { readonly message: string; readonly remedy?: string }): string {
  return `${message} ${remedy}`.trim();
}

/** Ends whatever runs. */
export function cancelAll(): void {
  for (const controller of running) controller.abort();
}

/** A kubeconfig that changes meanwhile makes the tree look elsewhere, and leaves this work its cluster. */
export async function withHeldCluster<T>(
  { connection }: Environment,
  work: (cluster: Cluster) => Promise<T>,
): Promise<T | undefined> {
  const held = await connection.hold();
  if (!held.ok) {
    const { reason } = held.refusal;
    if (reason === "absent") return void (await offerOther(held.refusal.message, [chooseKubeconfig, openDemo]));
    if (reason !== "config") throw new Error(sentence(held.refusal));
    const { known } = connection.contexts;
    const other = known?.ok && known.value.length > 0 ? useContext : chooseKubeconfig;
    return void (await offerOther(sentence(held.refusal), [other, openKubeconfig]));
  }
  try {
    return await work(held.value.cluster);
  } finally {
    held.value.release();
  }
}

interface Choice extends vscode.MessageItem {
  readonly command: string;
}

const chooseKubeconfig: Choice = { title: l10n`Choose a Kubeconfig`, command: "kube-ipv6.chooseKubeconfig" };
const openDemo: Choice = { title: l10n`Open the Demo Cluster`, command: "kube-ipv6.openDemo" };
const openKubeconfig: Choice = { title: l10n`Open Kubeconfig`, command: "kube-ipv6.openKubeconfig" };
const useContext: Choice = { title: l10n`Use a Context`, command: "kube-ipv6.useContext" };

/** There is nothing to ask yet; what can be done about it is a click away. */
async function offerOther(message: string, choices: readonly Choice[]): Promise<void> {
  await runChosen(await vscode.window.showErrorMessage(unlinked(message), ...choices));
}

async function runChosen(chosen: vscode.MessageItem | undefined): Promise<void> {
  if (chosen && "command" in chosen) await vscode.commands.executeCommand(String(chosen.command));
}
