import * as vscode from "vscode";
import { l10n } from "./l10n.ts";
import { summed } from "./summed.ts";

const TOLD = "findingsTold";

/** Milliseconds without news after which what was read is taken for the whole workspace. */
const quiet = 3000;

/** Says once in a workspace how much is found in its manifests: nobody looks at the Problems of files that are not open. */
export function tellFirstFindings(context: vscode.ExtensionContext): vscode.Disposable {
  if (vscode.workspace.workspaceFolders === undefined || context.workspaceState.get(TOLD)) return { dispose() {} };
  let timer: NodeJS.Timeout | undefined;
  const listening = vscode.languages.onDidChangeDiagnostics(() => {
    clearTimeout(timer);
    timer = setTimeout(() => void tell(), quiet);
  });
  const tell = async () => {
    const sentence = summed(
      vscode.languages
        .getDiagnostics()
        .map(([, found]) => found.filter(({ source, severity }) => source === "kube-ipv6" && severity <= 1).length),
    );
    if (sentence === undefined) return;
    listening.dispose();
    await context.workspaceState.update(TOLD, true);
    if ((await vscode.window.showInformationMessage(sentence, l10n`Show`)) === l10n`Show`)
      await vscode.commands.executeCommand("workbench.actions.view.problems");
  };
  return vscode.Disposable.from(listening, { dispose: () => clearTimeout(timer) });
}
