import * as vscode from "vscode";
import type { Desk, EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";
import { type PlanScope, showPlan } from "../plan/panel.ts";

export const declared: Declared = {
  title: "Show Address Plan",
  anywhere: true,
  icon: "$(symbol-ruler)",
  menus: {
    "explorer/context": [{ when: "explorerResourceIsFolder", group: "7_kube-ipv6" }],
    "editor/context": [
      {
        when: "resourceLangId =~ /^(yaml|helm|helm-template)$/ && kube-ipv6.manifest && resourceScheme != kube-ipv6",
        group: "z_kube-ipv6@3",
      },
    ],
  },
};

/** "Show Address Plan": of the workspace, of the folder it is asked for in the explorer, or of what belongs to one file. */
export const command: EditorCommand<Desk> = async ({ context, language }, argument) =>
  showPlan(context, await language(), await scopeOf(argument));

async function scopeOf(argument: unknown): Promise<PlanScope> {
  if (!(argument instanceof vscode.Uri)) return {};
  const { type } = await vscode.workspace.fs.stat(argument);
  return type & vscode.FileType.Directory ? { folder: argument } : { file: argument };
}
