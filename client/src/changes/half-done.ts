import * as vscode from "vscode";
import { placeName } from "#core/mends/make.ts";
import type { Connection } from "../connection.ts";
import { l10n } from "../l10n.ts";
import { sayError, unlinked } from "../say.ts";

/** Says once of each cluster what an earlier change has left half-done there, and offers to undo it. */
export function offerHalfDone(connection: Connection): vscode.Disposable {
  const told = new Set<string>();
  const look = async () => {
    const opened = connection.asked && connection.demo === undefined ? await connection.cluster() : undefined;
    if (!opened?.ok || told.has(opened.value.server)) return;
    const { server } = opened.value;
    told.add(server);
    const { changeRecords, halfDone } = await import("#cluster/change-records.ts");
    for (const change of halfDone(changeRecords().entries()).filter((one) => one.server === server)) {
      const [undo, leave] = [l10n`Undo`, l10n`Leave It`];
      const asked = l10n`A change of ${change.place.kind} ${placeName(change)} was begun, and ended before anybody saw what came of it.`;
      const chosen = await vscode.window.showWarningMessage(unlinked(asked), undo, leave);
      if (chosen === undefined) continue;
      await vscode.commands.executeCommand("kube-ipv6.undoChange", change.id, chosen === leave);
    }
  };
  return { dispose: connection.onChange(() => void look().catch(sayError)) };
}
