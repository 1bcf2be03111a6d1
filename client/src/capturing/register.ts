import * as vscode from "vscode";
import { scheme } from "./scheme.ts";

/** The pages that say what captures show. */
export function registerReadings(): vscode.Disposable {
  const provider: vscode.TextDocumentContentProvider = {
    provideTextDocumentContent: async ({ query }) => (await import("./reading.ts")).readingOf(query),
  };
  return vscode.workspace.registerTextDocumentContentProvider(scheme, provider);
}
