import * as vscode from "vscode";
import { placeName } from "#core/mends/make.ts";
import type { Connection } from "../connection.ts";
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
      const choices = { Undo: "undo", "Leave It": "leave" } as const;
      const asked = `A change of ${change.place.kind} ${placeName(change)} was begun, and ended before anybody saw what came of it.`;
      const chosen = await vscode.window.showWarningMessage(unlinked(asked), ...Object.keys(choices));
      const what = choices[chosen as keyof typeof choices];
      if (what !== undefined) await vscode.commands.executeCommand("kube-ipv6.undoChange", change.id, what === "leave");
    }
  };
  return { dispose: connection.onChange(() => void look().catch(sayError)) };
}
