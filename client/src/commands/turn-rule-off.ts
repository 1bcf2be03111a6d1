import * as vscode from "vscode";
import type { BaseLanguageClient as LanguageClient } from "vscode-languageclient";
import * as messages from "#core/editor/messages.ts";
import { askServer } from "../ask.ts";
import { chooseRule } from "../choose-rule.ts";
import type { Desk, EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";
import { l10n } from "../l10n.ts";
import { offerUndo } from "../offer-undo.ts";
import { editorText, replaceInEditor, settingsOf } from "../settings-file.ts";

export const declared: Declared = {
  title: "Turn Rule Off",
  anywhere: true,
};

/**
 * What the light bulb's "Turn ... off" does for a folder and in settings, and "Turn Rule Off" in the palette, which asks which: in the
 * settings of the workspace where there is one.
 */
export const command: EditorCommand<Desk> = async ({ context, language }, argument) => {
  const { rule, uri } = argument as { readonly rule?: string; readonly uri?: string };
  if (rule !== undefined && uri !== undefined) return inFolder(await language(), rule, uri);
  const named =
    typeof argument === "string"
      ? argument
      : await chooseRule(context, l10n`Turn Rule Off`, l10n`The rule to turn off in the settings`);
  if (named !== undefined) await inSettings(named);
};

async function inSettings(rule: string): Promise<void> {
  const settings = vscode.workspace.getConfiguration("kube-ipv6");
  const { Workspace, Global } = vscode.ConfigurationTarget;
  const target = vscode.workspace.workspaceFolders === undefined ? Global : Workspace;
  const known = settings.inspect<Record<string, string>>("rules");
  const before = target === Workspace ? known?.workspaceValue : known?.globalValue;
  await settings.update("rules", { ...before, [rule]: "off" }, target);
  const where = target === Workspace ? l10n`the settings of the workspace` : l10n`your settings`;
  const answer = await vscode.window.showInformationMessage(l10n`${rule} is off in ${where}.`, l10n`Undo`);
  if (answer === l10n`Undo`) await settings.update("rules", before, target);
}

/** In the `.kube-ipv6.yaml` that counts for a document, which is made where there is none. */
async function inFolder(server: LanguageClient, rule: string, uri: string): Promise<void> {
  const settings = await settingsOf(server, vscode.Uri.parse(uri, true));
  if (settings === undefined) throw new Error(l10n`The document lies in no folder: there is no place for settings.`);
  const before = (await editorText(settings)) ?? "";
  const changed = await askServer(server, messages.ruleOff, { text: before, rule });
  if (changed === null) {
    await vscode.window.showTextDocument(settings);
    throw new Error(
      l10n`Nothing was written: "rules" stands in a form to be edited by hand. Write ${rule}: "off" there.`,
    );
  }
  const document = await replaceInEditor(settings, changed.text);
  await document.save();
  await offerUndo(document, l10n`${rule} is off in ${vscode.workspace.asRelativePath(settings)}.`);
  await document.save();
}
