import * as vscode from "vscode";
import type { Answer, Cluster, KubeObject } from "#core/cluster/cluster.ts";
import type { PodRef, Subject } from "#core/diagnosis/diagnosis.ts";
import { l10n } from "../l10n.ts";
import { isManifestDocument } from "../manifest-language.ts";
import { keptBy } from "../tree/kept.ts";
import { types } from "../tree/view.ts";
import { endChoices, type PickRow, pick, separatorRow } from "./pick-end.ts";
import { resourceAt, subjectOfResource, titleOf } from "./subject.ts";
import { nodeEnds, podEnds, serviceEnds, subjectInWords } from "./targets.ts";
import { whatIsSent } from "./what-is-sent.ts";

/** What a first choice leads to: a subject, or a pod whose target is still to be named. */
type Step = () => Promise<Subject | undefined>;

/**
 * Asks what to diagnose; undefined if the user leaves. What was diagnosed last and the object at the cursor are offered first.
 *
 * @param recent the latest subjects in this context
 */
export async function chooseSubject(
  cluster: Cluster,
  namespace: string,
  recent: readonly Subject[],
): Promise<Subject | undefined> {
  const lists = listing(cluster, namespace);
  const chosen = await pick<Step>({
    title: l10n`IPv6 Diagnosis in ${cluster.context}: from which pod, or to what?`,
    placeholder: whatIsSent,
    namespace,
    first: [
      ...lately(recent),
      ...atCursor(cluster, namespace),
      {
        label: l10n`$(globe) The whole cluster`,
        description: l10n`pods of its nodes, Services, DNS`,
        stands: async () => ({}),
      },
    ],
    lists: [
      lists.services.then((ends) =>
        endChoices(l10n`to a Service`, ends, ({ target: to }) => async () => ({ to })),
      ),
      lists.pods.then((ends) =>
        endChoices(
          l10n`from a pod`,
          ends,
          ({ pod }) =>
            async () =>
              pod && toWhat(pod, lists),
        ),
      ),
      lists.nodes.then((ends) =>
        endChoices(l10n`to a node`, ends, ({ target: to }) => async () => ({ to })),
      ),
    ],
    typed: (to) => async () => ({ to }),
  });
  return chosen?.();
}

/** Where a pod should get to. */
async function toWhat(from: PodRef, lists: Listing): Promise<Subject | undefined> {
  const others = lists.pods.then((ends) =>
    ends.filter(({ pod }) => pod?.name !== from.name || pod.namespace !== from.namespace),
  );
  return pick<Subject>({
    title: l10n`IPv6 Diagnosis from pod ${from.namespace}/${from.name}`,
    placeholder: l10n`To what? A name, an address, svc/NAME; with :port if it matters`,
    namespace: from.namespace,
    first: [{ label: l10n`$(globe) Whatever a pod should be able to reach`, stands: { from } }],
    lists: [
      lists.services.then((ends) => endChoices(l10n`Services`, ends, ({ target: to }) => ({ from, to }))),
      others.then((ends) => endChoices(l10n`pods`, ends, ({ target: to }) => ({ from, to }))),
      lists.nodes.then((ends) => endChoices(l10n`nodes`, ends, ({ target: to }) => ({ from, to }))),
    ],
    // What is near is meant: svc/web typed for a pod is the Service beside it.
    typed: (to) => ({ from, to }),
  });
}

/** What a diagnosis of the object at the cursor of a document is about. Throws a sentence if there is none. */
export async function subjectAtCursor(uri: vscode.Uri, cluster: Cluster, namespace: string): Promise<Subject> {
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = vscode.window.visibleTextEditors.find((each) => each.document === document);
  const resource = resourceAt(document.getText(), editor?.selection.active ?? { line: 0, character: 0 });
  if (resource === undefined || titleOf(resource, namespace) === undefined) {
    throw new Error(
      l10n`A diagnosis starts from a Pod, a workload, a Service or a Node; the cursor is in none of them.`,
    );
  }
  return subjectOfResource(resource, cluster, namespace);
}

function atCursor(cluster: Cluster, namespace: string): PickRow<Step>[] {
  const editor = vscode.window.activeTextEditor;
  if (!editor || !isManifestDocument(editor.document)) return [];
  const resource = resourceAt(editor.document.getText(), editor.selection.active);
  const label = resource && titleOf(resource, namespace);
  if (resource === undefined || label === undefined) return [];
  const stands = () => subjectOfResource(resource, cluster, namespace);
  return [{ label: `$(file-code) ${label}`, description: l10n`at the cursor`, stands }];
}

function lately(recent: readonly Subject[]): PickRow<Step>[] {
  const rows = recent.map((subject): PickRow<Step> => {
    return { label: `$(history) ${subjectInWords(subject)}`, stands: async () => subject };
  });
  return rows.length === 0 ? [] : [separatorRow(l10n`last`), ...rows, separatorRow("")];
}

type Listing = ReturnType<typeof listing>;

/** Everything that can be chosen, asked for once. */
function listing(cluster: Cluster, namespace: string) {
  const list = (type: (typeof types)["pods" | "services"]) => everywhere(cluster, type, namespace);
  return {
    pods: list(types.pods).then((pods) => podEnds(pods, namespace)),
    services: list(types.services).then((services) => serviceEnds(services, namespace)),
    nodes: cluster.list(types.nodes, { keep: keptBy(types.nodes) }).then((answer) => nodeEnds(seen(answer))),
  };
}

/** Who may not list the whole cluster chooses in the context's namespace. */
async function everywhere(
  cluster: Cluster,
  type: (typeof types)["pods" | "services"],
  namespace: string,
): Promise<readonly KubeObject[]> {
  const answer = await cluster.list(type, { keep: keptBy(type) });
  return seen(answer.ok ? answer : await cluster.list(type, { namespace }));
}

function seen(answer: Answer<readonly KubeObject[]>): readonly KubeObject[] {
  if (!answer.ok) throw new Error(answer.refusal.message);
  return answer.value;
}
