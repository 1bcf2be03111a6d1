import * as vscode from "vscode";
import type { Change, ObjectChanges } from "#core/cluster/changes.ts";
import { changeState, placeName, undo } from "#core/mends/make.ts";
import { stateWords } from "#core/mends/words.ts";
import { openChangeableHere } from "../changes/open.ts";
import type { EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";
import { l10n } from "../l10n.ts";
import { unlinked } from "../say.ts";

export const declared: Declared = { title: "Undo a Change" };

/** Puts back what a change has changed: the one with this id, or a choice. With `true` behind it, it is left and forgotten instead. */
export const command: EditorCommand = async ({ connection }, argument, forgotten) => {
  const { cluster, changes } = await openChangeableHere(connection);
  try {
    const change =
      typeof argument === "string" ? changes.records().find(({ id }) => id === argument) : await chosen(changes);
    if (change === undefined) return undefined;
    if (forgotten === true) return changes.forget(change.id);
    const done = await undo(changes, change);
    if ("not" in done) throw new Error(l10n`It was not undone: ${done.not}.`);
    void vscode.window.showInformationMessage(unlinked(l10n`Undone: ${done.done}.`));
    return done;
  } finally {
    cluster.close();
  }
};

async function chosen(changes: ObjectChanges): Promise<Change | undefined> {
  const rows = await Promise.all(
    changes.records().map(async (change) => ({
      label: `${change.place.kind} ${placeName(change)}`,
      description: `${new Date(change.at).toLocaleString()}, ${stateWords(await changeState(changes, change))}`,
      detail: l10n`it ${change.says}`,
      change,
    })),
  );
  if (rows.length === 0) {
    void vscode.window.showInformationMessage(l10n`No change of this cluster is on record on this machine.`);
    return undefined;
  }
  const placeHolder = l10n`Which change is to be undone?`;
  return (await vscode.window.showQuickPick(rows, { placeHolder }))?.change;
}
