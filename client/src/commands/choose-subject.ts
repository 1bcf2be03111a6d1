import * as vscode from "vscode";
import type { Cluster } from "#core/cluster/cluster.ts";
import type { PodRef, Subject } from "#core/diagnosis/diagnosis.ts";
import { readTarget } from "#core/judging/read-target.ts";
import { isManifestDocument } from "../manifest-language.ts";
import { keptBy } from "../tree/kept.ts";
import { types } from "../tree/view.ts";
import { resourceAt, subjectOfResource, titleOf } from "./subject.ts";
import { whatIsSent } from "./what-is-sent.ts";

interface Choice extends vscode.QuickPickItem {
  subject(): Promise<Subject | undefined>;
}

/** Asks what to diagnose; undefined if the user leaves. The object at the cursor is offered first. */
export async function chooseSubject(cluster: Cluster, namespace: string): Promise<Subject | undefined> {
  const choices: Choice[] = [
    ...atCursor(cluster, namespace),
    {
      label: "$(globe) The whole cluster",
      description: "pods of its nodes, Services, DNS",
      subject: async () => ({}),
    },
    { label: "$(package) From a pod ...", description: "to what you name", subject: () => fromPod(cluster, namespace) },
  ];
  const title = `IPv6 Diagnosis in ${cluster.context}`;
  const chosen = await vscode.window.showQuickPick(choices, {
    title,
    placeHolder: `What should be diagnosed? ${whatIsSent}`,
  });
  return chosen?.subject();
}

/** What a diagnosis of the object at the cursor of a document is about. Throws a sentence if there is none. */
export async function subjectAtCursor(uri: vscode.Uri, cluster: Cluster, namespace: string): Promise<Subject> {
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = vscode.window.visibleTextEditors.find((each) => each.document === document);
  const resource = resourceAt(document.getText(), editor?.selection.active ?? { line: 0, character: 0 });
  if (resource === undefined || titleOf(resource, namespace) === undefined) {
    throw new Error("A diagnosis starts from a Pod, a workload, a Service or a Node; the cursor is in none of them.");
  }
  return subjectOfResource(resource, cluster, namespace);
}

function atCursor(cluster: Cluster, namespace: string): Choice[] {
  const editor = vscode.window.activeTextEditor;
  if (!editor || !isManifestDocument(editor.document)) return [];
  const resource = resourceAt(editor.document.getText(), editor.selection.active);
  const label = resource && titleOf(resource, namespace);
  if (resource === undefined || label === undefined) return [];
  const subject = () => subjectOfResource(resource, cluster, namespace);
  return [{ label: `$(file-code) ${label}`, description: "at the cursor", subject }];
}

async function fromPod(cluster: Cluster, namespace: string): Promise<Subject | undefined> {
  const from = await choosePod(cluster, namespace);
  if (from === undefined) return undefined;
  const to = await vscode.window.showInputBox({
    title: "To what?",
    prompt:
      "A name as the pod spells it (web, web.shop.svc, example.org), an address, svc/NAME, pod/NAME or node/NAME, each with :port if it matters",
    placeHolder: "empty: whatever a pod should be able to reach",
    validateInput: (text) => (text === "" ? undefined : readTarget(text, from.namespace).problem),
  });
  if (to === undefined) return undefined;
  // What is near is meant: svc/web typed for a pod is the Service beside it.
  const target = to === "" ? undefined : readTarget(to, from.namespace).target;
  return { from, ...(target === undefined ? {} : { to: target }) };
}

/** Who may not list the pods of the cluster chooses among those of the context's namespace. */
async function choosePod(cluster: Cluster, namespace: string): Promise<PodRef | undefined> {
  const everywhere = await cluster.list(types.pods, { keep: keptBy(types.pods) });
  const listed = everywhere.ok ? everywhere : await cluster.list(types.pods, { namespace });
  if (!listed.ok) throw new Error(listed.refusal.message);
  const running = listed.value.filter(({ status }) => status?.phase === "Running");
  const items = running.map(({ metadata }) => ({ label: metadata.name, description: metadata.namespace ?? namespace }));
  const own = items.filter(({ description }) => description === namespace);
  const sorted = [...own, ...items.filter(({ description }) => description !== namespace)];
  const pod = await vscode.window.showQuickPick(sorted, { title: "From which pod?", matchOnDescription: true });
  return pod && { namespace: pod.description, name: pod.label };
}
