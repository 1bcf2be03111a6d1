import type * as vscode from "vscode";
import type { BaseLanguageClient as LanguageClient, State } from "vscode-languageclient";

/** The library is loaded later than this. */
const running: State.Running = 2;

/** Calls back when the server runs again after it was ended, or has died: it has to be told everything anew. */
export function onRestart(client: LanguageClient, again: () => void): vscode.Disposable {
  return client.onDidChangeState(({ newState }) => {
    if (newState === running) again();
  });
}
