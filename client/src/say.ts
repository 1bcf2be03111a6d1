import * as vscode from "vscode";
import { printable } from "#core/text/printable.ts";
import { writeDown } from "./log.ts";

/** Shows why something did not work. */
export function sayError(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  writeDown(message, "error");
  void vscode.window.showErrorMessage(unlinked(message));
}

/**
 * A sentence without a link in it: VS Code makes one of `[text](address)` in a notification, and `command:` is an address there,
 * https://github.com/microsoft/vscode/blob/main/src/vs/base/common/linkedText.ts. It sets nothing in type, so that backticks would stay.
 */
export function unlinked(sentence: string): string {
  return printable(sentence).replaceAll("](", "] (").replaceAll("`", '"');
}
