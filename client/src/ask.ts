import type * as vscode from "vscode";
import type { BaseLanguageClient as LanguageClient } from "vscode-languageclient";
import type { Message } from "#core/editor/messages.ts";

/** Sends a request of ours to the language server. */
export function askServer<P, R>(server: LanguageClient, { method }: Message<P, R>, params: P): Promise<R> {
  return server.sendRequest<R>(method, params);
}

/** Sends a notification of ours to the language server. */
export function tell<P>(server: LanguageClient, { method }: Message<P>, params: P): Promise<void> {
  return server.sendNotification(method, params);
}

/** Answers a request of the language server. */
export function answerServer<P, R>(
  server: LanguageClient,
  { method }: Message<P, R>,
  handler: (params: P) => Promise<R>,
): vscode.Disposable {
  return server.onRequest<unknown, void>(method, handler);
}
