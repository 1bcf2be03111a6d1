import * as vscode from "vscode";
import { printable, printableLines } from "#core/text/printable.ts";
import type { Connection } from "./connection.ts";

/** The families of the context that is looked at, in the status bar; nothing before somebody looks. */
export function showStatus(connection: Connection): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("kube-ipv6.families", vscode.StatusBarAlignment.Left, 10);
  item.name = "IPv6: Families of the Cluster";
  item.command = "kube-ipv6.cluster.focus";
  const draw = () => {
    const summary = connection.view?.summary();
    if (summary === undefined) return item.hide();
    item.text = `$(globe) ${printable(`${connection.current}: ${summary.label}`).replaceAll("$(", "\\$(")}`;
    item.tooltip = printableLines([summary.services, summary.pods, summary.nodes].map(({ why }) => why).join("\n"));
    item.backgroundColor = summary.mixed ? new vscode.ThemeColor("statusBarItem.warningBackground") : undefined;
    item.show();
  };
  return vscode.Disposable.from(item, { dispose: connection.onChange(draw) });
}
