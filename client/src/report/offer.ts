import * as vscode from "vscode";
import type { Environment } from "../command.ts";
import type { Connection } from "../connection.ts";
import { sayError } from "../say.ts";
import { TreeProvider } from "../tree/provider.ts";
import type { Row } from "../tree/row.ts";
import { History, type HistoryEntry } from "./history.ts";
import type { Reports } from "./panel.ts";
import { historyRows, loadingRow } from "./rows.ts";

/** The tabs that show a diagnosis; panel.ts is only loaded when there is one. */
const reportType = "kube-ipv6.report";

/** The list of diagnoses under the cluster, and the tabs that show them, also after the window was loaded anew. */
export function offerHistory(
  context: vscode.ExtensionContext,
  connection: Connection,
): vscode.Disposable & Pick<Environment, "history" | "reports"> {
  let entries: readonly HistoryEntry[] | undefined;
  const rows = (): readonly Row[] => {
    if (entries !== undefined) return historyRows(entries);
    void read();
    return [loadingRow];
  };
  const list = new TreeProvider(rows);
  const history = new History(vscode.Uri.joinPath(context.globalStorageUri, "diagnoses").fsPath, () => void read());
  const read = async () => {
    entries = await history.list();
    list.refresh();
  };
  let loaded: Promise<Reports> | undefined;
  const reports = () => {
    loaded ??= import("./panel.ts").then(({ Reports }) => new Reports(context, history, connection));
    return loaded;
  };
  const serializer: vscode.WebviewPanelSerializer = {
    deserializeWebviewPanel: async (panel, state) => {
      await (await reports()).restore(panel, (state as { id?: unknown } | undefined)?.id).catch(sayError);
    },
  };
  const parts = vscode.Disposable.from(
    list,
    vscode.window.createTreeView("kube-ipv6.diagnoses", { treeDataProvider: list, canSelectMany: true }),
    vscode.window.registerWebviewPanelSerializer(reportType, serializer),
  );
  return { history, reports, dispose: () => parts.dispose() };
}
