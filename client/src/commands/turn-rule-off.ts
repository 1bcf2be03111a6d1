import * as vscode from "vscode";
import type { Command } from "./index.ts";

/** What the light bulb's "Turn ... off in settings" does: in the settings of the workspace where there is one. */
export const turnRuleOff: Command = {
  id: "kube-ipv6.turnRuleOff",
  run: async (_, rule) => {
    if (typeof rule !== "string") return;
    const settings = vscode.workspace.getConfiguration("kube-ipv6");
    const { Workspace, Global } = vscode.ConfigurationTarget;
    const target = vscode.workspace.workspaceFolders === undefined ? Global : Workspace;
    const known = settings.inspect<Record<string, string>>("rules");
    const there = (target === Workspace ? known?.workspaceValue : known?.globalValue) ?? {};
    await settings.update("rules", { ...there, [rule]: "off" }, target);
  },
};
