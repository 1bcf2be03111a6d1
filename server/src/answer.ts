import type { Connection, ResponseError } from "vscode-languageserver";
import type { Message } from "#core/editor/messages.ts";

/** Answers a request of ours. What it carries is looked at before it is believed: any client may send anything. */
export function answer<P, R>(
  connection: Connection,
  { method }: Message<P, R>,
  handler: (params: unknown) => R | ResponseError<void>,
): void {
  connection.onRequest<unknown, void>(method, handler);
}
