import * as vscode from "vscode";
import { type PlanScope, showPlan } from "../plan/panel.ts";
import type { EditorCommand } from "./command.ts";

/** "Show Address Plan": of the workspace, of the folder it is asked for in the explorer, or of what belongs to one file. */
export const showAddressPlan: EditorCommand = {
  id: "kube-ipv6.showPlan",
  run: async ({ context, language }, argument) => showPlan(context, await language(), await scopeOf(argument)),
};

async function scopeOf(argument: unknown): Promise<PlanScope> {
  if (!(argument instanceof vscode.Uri)) return {};
  const { type } = await vscode.workspace.fs.stat(argument);
  return type & vscode.FileType.Directory ? { folder: argument } : { file: argument };
}
