import * as vscode from "vscode";
import { printable, printableLines } from "#core/text/printable.ts";
import type { Connection } from "./connection.ts";
import { l10n } from "./l10n.ts";
import { writeDown } from "./log.ts";
import { clusterState } from "./tree/cluster.ts";
import { refusedState } from "./tree/refusal.ts";

/** How the context that is looked at is doing, in the words of its row; nothing before somebody looks. */
export function showStatus(connection: Connection): vscode.Disposable {
  const item = vscode.window.createStatusBarItem("kube-ipv6.families", vscode.StatusBarAlignment.Left, 10);
  item.name = l10n`IPv6: Families of the Cluster`;
  item.command = "kube-ipv6.cluster.focus";
  let noted = "";
  const draw = () => {
    const { opened, current } = connection;
    if (opened === undefined || current === undefined) return item.hide();
    const {
      description = "",
      icon = "globe",
      tone,
    } = opened.ok ? clusterState(opened.value) : refusedState(opened.refusal);
    const summary = opened.ok ? opened.value.summary() : undefined;
    const why = summary && [summary.services, summary.pods, summary.nodes].map((part) => part.why).join("\n");
    const shown = icon === "circle-filled" ? "globe" : icon;
    const state = printable(`${current}: ${description}`);
    if (state !== noted) writeDown(state);
    noted = state;
    item.text = `$(${shown}) ${shortened(state).replaceAll("$(", "\\$(")}`;
    item.tooltip = printableLines(why ?? description);
    item.backgroundColor = tone && new vscode.ThemeColor(`statusBarItem.${tone}Background`);
    item.show();
  };
  return vscode.Disposable.from(item, { dispose: connection.onChange(draw) });
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}\u2026` : text;
}
