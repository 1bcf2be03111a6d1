import * as vscode from "vscode";
import type { Cluster } from "#core/cluster/cluster.ts";
import { type Demo, diagnoseDemo } from "#core/diagnosis/demo.ts";
import { type Diagnosis, diagnose, type Subject } from "#core/diagnosis/diagnosis.ts";
import { showReport } from "../report/panel.ts";
import { isRow } from "../tree/row.ts";
import { chooseSubject, subjectAtCursor } from "./choose-subject.ts";
import type { Command, Environment } from "./command.ts";
import { subjectOfRow } from "./subject.ts";

const running = new Set<AbortController>();

/** "Run IPv6 Diagnosis": from a row of the tree, a YAML document, or a choice. Returns the diagnosis, if there was one. */
export const diagnosis: Command = {
  id: "kube-ipv6.diagnose",
  run: async (environment, argument) => {
    if (environment.connection.demo !== undefined) return showDemo(environment, environment.connection.demo);
    return withCluster(environment, async (cluster) => {
      const namespace = environment.connection.view?.namespace ?? "default";
      const subject = await subjectOf(argument, cluster, namespace);
      return subject && diagnoseAndShow(environment, cluster, subject);
    });
  },
};

/** Cancels what runs, for those who hid the notification with the button. */
export const cancelDiagnosis: Command = {
  id: "kube-ipv6.cancelDiagnosis",
  run: async () => {
    for (const controller of running) controller.abort();
  },
};

/** A kubeconfig that changes meanwhile makes the tree look elsewhere, and leaves this work its cluster. */
async function withCluster<T>({ connection }: Environment, work: (cluster: Cluster) => Promise<T>): Promise<T> {
  const held = await connection.hold();
  if (!held.ok) throw new Error(sentence(held.refusal));
  try {
    return await work(held.value.cluster);
  } finally {
    held.value.release();
  }
}

async function subjectOf(argument: unknown, cluster: Cluster, namespace: string): Promise<Subject | undefined> {
  if (isRow(argument)) return subjectOfRow(argument);
  if (argument instanceof vscode.Uri) return subjectAtCursor(argument, cluster, namespace);
  return isSubject(argument) ? argument : chooseSubject(cluster, namespace);
}

/** For other extensions and the tests: `{ from?, to? }`. */
function isSubject(value: unknown): value is Subject {
  return typeof value === "object" && value !== null && ("from" in value || "to" in value);
}

async function diagnoseAndShow(environment: Environment, cluster: Cluster, subject: Subject): Promise<Diagnosis> {
  const result = await withProgress(cluster, subject);
  // By then another cluster object may stand for the context, since a refresh closes this one.
  const again = async () =>
    void (await withCluster(environment, (current) => diagnoseAndShow(environment, current, subject)));
  showReport(environment.context, result, again);
  return result;
}

/** Nothing can be asked of a recording, so whatever it was asked for, there is the one diagnosis that was recorded. */
async function showDemo(environment: Environment, demo: Demo): Promise<Diagnosis> {
  const result = await diagnoseDemo(demo);
  showReport(environment.context, result, async () => void (await showDemo(environment, demo)));
  return result;
}

function withProgress(cluster: Cluster, subject: Subject): Thenable<Diagnosis> {
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
      return await diagnose(cluster, subject, {
        now: () => Date.now(),
        signal: controller.signal,
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
