import * as vscode from "vscode";
import { l10n } from "./l10n.ts";
import { writeDown } from "./log.ts";
import { manifestFilters } from "./manifest-language.ts";
import { schemes } from "./schemes.ts";

/** The version whose news were seen, or that was installed first. */
const SEEN = "newsSeen";

let item: vscode.LanguageStatusItem | undefined;

/** After an update a line beside what manifests are judged for leads to what is new, until somebody has gone there. Nothing pops up. */
export function offerNews(context: vscode.ExtensionContext): vscode.Disposable {
  const version = String(context.extension.packageJSON.version);
  const seen = context.globalState.get<string>(SEEN);
  if (seen === undefined) void newsSeen(context);
  if (seen === undefined || seen === version) return { dispose() {} };
  writeDown(l10n`updated from ${seen} to ${version}`);
  item = vscode.languages.createLanguageStatusItem("kube-ipv6.news", schemes().flatMap(manifestFilters));
  item.name = l10n`IPv6: What's New`;
  item.text = l10n`kube-ipv6 was updated to ${version}`;
  item.command = { title: l10n`What's New`, command: "kube-ipv6.whatsNew" };
  return { dispose: () => item?.dispose() };
}

/** Nobody has to be led to the news of this version any more. */
export async function newsSeen({ extension, globalState }: vscode.ExtensionContext): Promise<void> {
  item?.dispose();
  await globalState.update(SEEN, String(extension.packageJSON.version));
}
