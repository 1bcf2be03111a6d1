import * as vscode from "vscode";
import type { Desk, EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";

export const declared: Declared = {
  title: "Show What a Policy Lets Through",
  anywhere: true,
  menus: {
    commandPalette: [{ when: "false" }],
  },
};

/** What the line above a policy is clicked for: all of what it says in short. */
export const command: EditorCommand<Desk> = async (_, argument) => {
  const { uri, line, character } = argument as { uri: string; line: number; character: number };
  const at = new vscode.Position(line, character);
  await vscode.window.showTextDocument(vscode.Uri.parse(uri, true), { selection: new vscode.Range(at, at) });
  await vscode.commands.executeCommand("editor.action.showHover");
};
