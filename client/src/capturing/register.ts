import * as vscode from "vscode";
import { pageScheme } from "./page-scheme.ts";

/** The pages that say what captures show. */
export function registerReadings(): vscode.Disposable {
  const provider: vscode.TextDocumentContentProvider = {
    provideTextDocumentContent: async ({ query }) => (await import("./reading.ts")).captureReadingOf(query),
  };
  return vscode.workspace.registerTextDocumentContentProvider(pageScheme, provider);
}
