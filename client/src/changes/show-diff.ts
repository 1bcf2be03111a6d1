import * as vscode from "vscode";
import { placeName } from "#core/mends/make.ts";
import type { ProposedChange } from "#core/mends/propose.ts";
import { shownText } from "#core/mends/words.ts";
import { l10n } from "../l10n.ts";

/** Documents that show an object before and after a change; nobody can write in them. */
const scheme = "kube-ipv6-change";

const texts = new Map<string, string>();

export function registerDiffs(): vscode.Disposable {
  const provider: vscode.TextDocumentContentProvider = {
    provideTextDocumentContent: ({ path }) => texts.get(path) ?? l10n`# This change is not kept any more.\n`,
  };
  const forget = vscode.workspace.onDidCloseTextDocument(({ uri }) => {
    if (uri.scheme === scheme) texts.delete(uri.path);
  });
  return vscode.Disposable.from(vscode.workspace.registerTextDocumentContentProvider(scheme, provider), forget);
}

let last = 0;

/** The diff editor, the object as it is on the left, and as the server's dry run says it would be on the right. */
export async function showDiff({ place, before, after }: ProposedChange): Promise<void> {
  last++;
  const [left, right] = [before, after].map((object, index) => {
    const uri = vscode.Uri.from({ scheme, path: `/${last}/${index === 0 ? "before" : "after"}/${place.name}.yaml` });
    texts.set(uri.path, shownText(object));
    return uri;
  });
  const title = l10n`${place.kind} ${placeName({ place })}: as it is \u2194 as it would be`;
  await vscode.commands.executeCommand("vscode.diff", left, right, title, { preview: true });
}
