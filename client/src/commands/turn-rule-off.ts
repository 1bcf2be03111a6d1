import * as vscode from "vscode";
import type { Command } from "./command.ts";

/**
 * What the light bulb's "Turn ... off in settings" does, and "Turn Rule Off" in the palette, which asks which: in the
 * settings of the workspace where there is one.
 */
export const turnRuleOff: Command = {
  id: "kube-ipv6.turnRuleOff",
  run: async ({ context }, argument) => {
    const rule = typeof argument === "string" ? argument : await pick(context.extension.packageJSON);
    if (rule === undefined) return;
    const settings = vscode.workspace.getConfiguration("kube-ipv6");
    const { Workspace, Global } = vscode.ConfigurationTarget;
    const target = vscode.workspace.workspaceFolders === undefined ? Global : Workspace;
    const known = settings.inspect<Record<string, string>>("rules");
    const there = (target === Workspace ? known?.workspaceValue : known?.globalValue) ?? {};
    await settings.update("rules", { ...there, [rule]: "off" }, target);
  },
};

/** The part of package.json that lists the rules. */
interface Declared {
  readonly contributes: {
    readonly configuration: {
      readonly properties: {
        readonly "kube-ipv6.rules": { readonly properties: Readonly<Record<string, { readonly description: string }>> };
      };
    };
  };
}

/** Those that found something in the file at hand come first. */
async function pick({ contributes }: Declared): Promise<string | undefined> {
  const rules = Object.entries(contributes.configuration.properties["kube-ipv6.rules"].properties);
  const here = rulesHere();
  const item = ([label, { description }]: (typeof rules)[number]) => ({ label, detail: description });
  const separator = (label: string) => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const chosen = await vscode.window.showQuickPick(
    [
      ...(here.size > 0 ? [separator("in this file")] : []),
      ...rules.filter(([id]) => here.has(id)).map(item),
      ...(here.size > 0 ? [separator("all the others")] : []),
      ...rules.filter(([id]) => !here.has(id)).map(item),
    ],
    { title: "IPv6: Turn Rule Off", placeHolder: "The rule to turn off in the settings", matchOnDetail: true },
  );
  return chosen?.label;
}

function rulesHere(): ReadonlySet<string> {
  const document = vscode.window.activeTextEditor?.document;
  const found = document === undefined ? [] : vscode.languages.getDiagnostics(document.uri);
  const codes = found.flatMap(({ source, code }) =>
    source === "kube-ipv6" && typeof code === "object" ? [String(code.value)] : [],
  );
  return new Set(codes);
}
