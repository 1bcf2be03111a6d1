import * as vscode from "vscode";
import type { BaseLanguageClient as LanguageClient } from "vscode-languageclient";
import * as messages from "#core/editor/messages.ts";
import { answerServer } from "./ask.ts";
import { type GitExports, gitExtension, textInHead } from "./git.ts";

/** Answers what a file was before the edits at hand, so that rules can say what may not change. */
export function answerOld(client: LanguageClient): vscode.Disposable {
  return answerServer(client, messages.old, async ({ uri }) => {
    const file = vscode.Uri.parse(uri);
    const text = file.scheme === "file" ? await inHead(file) : null;
    return text === null ? null : { text };
  });
}

async function inHead(file: vscode.Uri): Promise<string | null> {
  const extension = vscode.extensions.getExtension<GitExports>(gitExtension);
  if (extension === undefined) return null;
  try {
    const { getAPI } = await extension.activate();
    return await textInHead(getAPI(1), file);
  } catch {
    // Git is switched off in the settings, or is not on this machine: then there is nothing to compare with.
    return null;
  }
}
