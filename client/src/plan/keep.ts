import * as vscode from "vscode";
import type { BaseLanguageClient as LanguageClient } from "vscode-languageclient";
import { sayError } from "../say.ts";
import { planType, restorePlan } from "./panel.ts";

/** A tab with an address plan is there again after the window was loaded anew. */
export function keepPlan(context: vscode.ExtensionContext, language: () => Promise<LanguageClient>): vscode.Disposable {
  return vscode.window.registerWebviewPanelSerializer(planType, {
    deserializeWebviewPanel: async (panel, state: unknown) => {
      const { folder, file } = (state ?? {}) as { readonly folder?: unknown; readonly file?: unknown };
      const scope = { ...uriOf("folder", folder), ...uriOf("file", file) };
      await language()
        .then((server) => restorePlan(panel, context, server, scope))
        .catch(sayError);
    },
  });
}

function uriOf(name: "folder" | "file", text: unknown): Partial<Record<"folder" | "file", vscode.Uri>> {
  return typeof text === "string" && text !== "" ? { [name]: vscode.Uri.parse(text, true) } : {};
}
