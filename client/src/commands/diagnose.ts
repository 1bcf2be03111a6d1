import * as vscode from "vscode";
import type { Cluster } from "#core/cluster/cluster.ts";
import type { Demo } from "#core/diagnosis/demo.ts";
import type { Beyond, Diagnosis, Subject } from "#core/diagnosis/diagnosis.ts";
import { missingSentence } from "#core/diagnosis/missing.ts";
import type { History } from "../report/history.ts";
import { diagnosisOf } from "../report/rows.ts";
import { sayError, unlinked } from "../say.ts";
import { isRow } from "../tree/row.ts";
import { agreed } from "./agreed.ts";
import { beyondOfSettings, lookingAt } from "./beyond.ts";
import { chooseSubject, subjectAtCursor } from "./choose-subject.ts";
import type { EditorCommand, Environment } from "./command.ts";
import { readDemo } from "./demo.ts";
import { subjectOfNamespace, subjectOfRow } from "./subject.ts";

const running = new Set<AbortController>();

/** "Run IPv6 Diagnosis": from a row of the tree, a YAML document, or a choice. Returns the diagnosis, if there was one. */
export const diagnosis: EditorCommand = {
  id: "kube-ipv6.diagnose",
  run: async (environment, argument) => {
    if (environment.connection.demo !== undefined) return showDemo(environment, environment.connection.demo);
    return withCluster(environment, async (cluster) => {
      const namespace = environment.connection.view?.namespace ?? "default";
      const subject = await subjectOf(argument, cluster, namespace, environment.history);
      return subject && diagnoseAndShow(environment, cluster, subject);
    });
  },
};

/** Asks the same again: a row of the list of diagnoses, or the id of one. The report stands in the place of the one before. */
export const repeatDiagnosis: EditorCommand = {
  id: "kube-ipv6.repeatDiagnosis",
  run: async (environment, argument) => {
    const id = isRow(argument) ? diagnosisOf(argument) : argument;
    const entry = typeof id === "string" ? await environment.history.entry(id) : undefined;
    if (entry === undefined) throw new Error("This diagnosis is not kept any more.");
    try {
      if (entry.demo) return await showDemo(environment, await readDemo(environment.context), entry.id);
      return await withCluster(environment, async (cluster) => {
        if (cluster.context !== entry.context)
          throw new Error(
            `This diagnosis is of the context ${entry.context}, and ${cluster.context} is looked at: run IPv6: Use Context first.`,
          );
        return diagnoseAndShow(environment, cluster, entry.subject, entry.id);
      });
    } finally {
      (await environment.reports()).idle(entry.id);
    }
  },
};

/** Cancels what runs, for those who hid the notification with the button. */
export const cancelDiagnosis: EditorCommand = {
  id: "kube-ipv6.cancelDiagnosis",
  run: async () => {
    for (const controller of running) controller.abort();
  },
};

/** A kubeconfig that changes meanwhile makes the tree look elsewhere, and leaves this work its cluster. */
async function withCluster<T>(
  { connection }: Environment,
  work: (cluster: Cluster) => Promise<T>,
): Promise<T | undefined> {
  const held = await connection.hold();
  if (!held.ok && held.refusal.reason === "absent") return void (await offerKubeconfig(held.refusal.message));
  if (!held.ok) throw new Error(sentence(held.refusal));
  try {
    return await work(held.value.cluster);
  } finally {
    held.value.release();
  }
}

/** There is nothing to ask yet; what can be done about it is a click away. */
async function offerKubeconfig(message: string): Promise<void> {
  const choices = {
    "Choose a Kubeconfig": "kube-ipv6.chooseKubeconfig",
    "Open the Demo Cluster": "kube-ipv6.openDemo",
  };
  const chosen = await vscode.window.showErrorMessage(unlinked(message), ...Object.keys(choices));
  const command = choices[chosen as keyof typeof choices];
  if (command !== undefined) await vscode.commands.executeCommand(command);
}

/** Whoever clicks on a row or a document has said what is meant, and is told what is sent as whoever chooses. */
async function subjectOf(
  argument: unknown,
  cluster: Cluster,
  namespace: string,
  history: History,
): Promise<Subject | undefined> {
  const given = await givenSubject(argument, cluster, namespace);
  const chosen = given ?? (await chooseSubject(cluster, namespace, await history.subjects(cluster.context)));
  const how = given === undefined ? "chosen" : isSubject(argument) ? "given" : "clicked";
  return chosen && agreed({ namespace, ...chosen }, how);
}

async function givenSubject(argument: unknown, cluster: Cluster, namespace: string): Promise<Subject | undefined> {
  if (isRow(argument) && argument.menu === "namespace") return subjectOfNamespace(argument.label, cluster);
  if (isRow(argument)) return subjectOfRow(argument);
  if (isClicked(argument)) return argument.clicked;
  if (argument instanceof vscode.Uri) return subjectAtCursor(argument, cluster, namespace);
  return isSubject(argument) ? argument : undefined;
}

/** What rows stand for together. */
export interface Clicked {
  readonly clicked: Subject;
}

function isClicked(value: unknown): value is Clicked {
  return typeof value === "object" && value !== null && "clicked" in value;
}

/** For other extensions and the tests: `{ from?, to?, outside? }`. */
function isSubject(value: unknown): value is Subject {
  return (
    typeof value === "object" && value !== null && ["from", "to", "outside"].some((key) => Object.hasOwn(value, key))
  );
}

/** `after`: the id of the diagnosis whose place in the editor it takes. */
async function diagnoseAndShow(
  environment: Environment,
  cluster: Cluster,
  subject: Subject,
  after?: string,
): Promise<Diagnosis> {
  const beyond = await beyondOfSettings(environment.context, cluster, subject.namespace ?? "default");
  const result = await withProgress(cluster, subject, beyond);
  // By then another cluster object may stand for the context, since a refresh closes this one.
  const again = async () =>
    void (await withCluster(environment, (current) => diagnoseAndShow(environment, current, subject, after)));
  const short = inOneSentence(result);
  if (short === undefined) await (await environment.reports()).show(result, after === undefined ? {} : { after });
  else void offerRetry(short, result.cancelled, again);
  return result;
}

/** What needs no page: that it was cancelled, that the cluster said nothing at all, that what was named is not there. */
function inOneSentence({ missing, stopped, mayNot, observations }: Diagnosis): string | undefined {
  if (missing.length > 0) return missing.map(missingSentence).join("; ");
  if (!stopped || mayNot) return undefined;
  const silent = stopped.reason === "cancelled" || !observations.some(({ answer }) => answer.ok);
  return silent ? sentence(stopped) : undefined;
}

async function offerRetry(text: string, cancelled: boolean, again: () => Promise<void>): Promise<void> {
  const retry = "Retry";
  const say = cancelled ? vscode.window.showInformationMessage : vscode.window.showErrorMessage;
  if ((await say(unlinked(text), retry)) === retry) await again().catch(sayError);
}

/** Nothing can be asked of a recording, so whatever it was asked for, there is the one diagnosis that was recorded. */
async function showDemo(environment: Environment, demo: Demo, after?: string): Promise<Diagnosis> {
  const { diagnoseDemo } = await import("#core/diagnosis/demo.ts");
  const result = await diagnoseDemo(demo);
  await (await environment.reports()).show(result, { demo: true, ...(after === undefined ? {} : { after }) });
  return result;
}

function withProgress(cluster: Cluster, subject: Subject, beyond: Beyond | undefined): Thenable<Diagnosis> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: `IPv6 diagnosis in ${cluster.context}`,
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
        onProgress: ({ asking, vantage }) => progress.report({ message: `asking ${vantage} for ${shortened(asking)}` }),
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
