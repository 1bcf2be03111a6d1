import * as vscode from "vscode";
import { diagnosisOf } from "../report/rows.ts";
import { isRow } from "../tree/row.ts";
import type { EditorCommand } from "./command.ts";

/** Shows a diagnosis that was kept, judged by the causes of today. */
export const openDiagnosis: EditorCommand = {
  id: "kube-ipv6.openDiagnosis",
  run: async ({ reports }, argument) => {
    const [id] = idsOf(argument);
    if (id !== undefined) await (await reports()).open(id);
  },
};

/** Two diagnoses side by side: the selected ones, or one and the one before it of the same subject. */
export const compareDiagnoses: EditorCommand = {
  id: "kube-ipv6.compareDiagnoses",
  run: async ({ reports, history }, argument, selected) => {
    const [one, other] = idsOf(argument, selected);
    const entries = await history.list();
    const first = entries.find(({ id }) => id === one) ?? entries[0];
    const same = entries.find(
      ({ id, context, subject }) =>
        first !== undefined &&
        id < first.id &&
        context === first.context &&
        JSON.stringify(subject) === JSON.stringify(first.subject),
    );
    const second = other ?? same?.id;
    if (first === undefined || second === undefined)
      throw new Error("Select two diagnoses in the list; there is no earlier one of the same subject.");
    await (await reports()).compare(first.id, second);
  },
};

/** Forgets diagnoses that were kept. */
export const removeDiagnosis: EditorCommand = {
  id: "kube-ipv6.removeDiagnosis",
  run: async ({ history }, argument, selected) => history.remove(idsOf(argument, selected)),
};

/** Forgets all of them, after a question: nothing brings them back. */
export const clearDiagnoses: EditorCommand = {
  id: "kube-ipv6.clearDiagnoses",
  run: async ({ history }) => {
    const entries = await history.list();
    const sure = "Forget Them";
    const asked = `Forget all ${entries.length} diagnoses that are kept on this machine?`;
    if (entries.length === 0 || (await vscode.window.showWarningMessage(asked, { modal: true }, sure)) !== sure) return;
    await history.remove(entries.map(({ id }) => id));
  },
};

function idsOf(argument: unknown, selected?: unknown): string[] {
  const rows = Array.isArray(selected) && selected.length > 0 ? selected : [argument];
  return rows.flatMap((row) => (isRow(row) ? (diagnosisOf(row) ?? []) : []));
}
