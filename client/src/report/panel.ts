import * as vscode from "vscode";
import type { Diagnosis } from "#core/diagnosis/diagnosis.ts";
import { tabIcon } from "../icon.ts";
import { sayError } from "../say.ts";
import { reportPage } from "./page.ts";
import { saveReport } from "./save.ts";

/** Shows a diagnosis beside the editor. `again` is what the button "Run again" does. */
export function showReport(context: vscode.ExtensionContext, diagnosis: Diagnosis, again: () => Promise<void>): void {
  const media = vscode.Uri.joinPath(context.extensionUri, "media");
  const panel = vscode.window.createWebviewPanel("kube-ipv6.report", "IPv6 Diagnosis", vscode.ViewColumn.Active, {
    enableScripts: true,
    enableFindWidget: true,
    retainContextWhenHidden: false,
    localResourceRoots: [media],
  });
  const resource = (name: string) => panel.webview.asWebviewUri(vscode.Uri.joinPath(media, name)).toString();
  panel.iconPath = tabIcon(context.extensionUri);
  panel.webview.onDidReceiveMessage((message: unknown) => {
    act(message, diagnosis, again).catch((error: unknown) => {
      sayError(error);
    });
  });
  panel.webview.html = reportPage(diagnosis, {
    cspSource: panel.webview.cspSource,
    style: resource("report.css"),
    script: resource("report.js"),
  });
}

async function act(message: unknown, diagnosis: Diagnosis, again: () => Promise<void>): Promise<void> {
  const { copy, save, again: wanted } = message as { copy?: unknown; save?: unknown; again?: unknown };
  if (typeof copy === "string") await vscode.env.clipboard.writeText(copy);
  if (save === "markdown" || save === "json") await saveReport(diagnosis, save);
  if (wanted === true) await again();
}
