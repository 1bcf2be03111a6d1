import * as vscode from "vscode";
import { l10n } from "./l10n.ts";

/** The part of package.json that lists the rules. */
interface Declared {
  readonly contributes: {
    readonly configuration: {
      readonly properties: {
        readonly "kube-ipv6.rules": { readonly properties: Readonly<Record<string, { readonly description: string }>> };
      };
    };
  };
}

/** Those that found something in the file at hand come first. */
export async function chooseRule(
  { extension }: vscode.ExtensionContext,
  title: string,
  placeHolder: string,
): Promise<string | undefined> {
  const { contributes } = extension.packageJSON as Declared;
  const rules = Object.entries(contributes.configuration.properties["kube-ipv6.rules"].properties);
  const here = rulesHere();
  const item = ([label, { description }]: (typeof rules)[number]) => ({ label, detail: description });
  const separator = (label: string) => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const chosen = await vscode.window.showQuickPick(
    [
      ...(here.size > 0 ? [separator(l10n`in this file`)] : []),
      ...rules.filter(([id]) => here.has(id)).map(item),
      ...(here.size > 0 ? [separator(l10n`all the others`)] : []),
      ...rules.filter(([id]) => !here.has(id)).map(item),
    ],
    { title: `IPv6: ${title}`, placeHolder, matchOnDetail: true },
  );
  return chosen?.label;
}

function rulesHere(): ReadonlySet<string> {
  const document = vscode.window.activeTextEditor?.document;
  const found = document === undefined ? [] : vscode.languages.getDiagnostics(document.uri);
  const codes = found.flatMap(({ source, code }) =>
    source === "kube-ipv6" && typeof code === "object" ? [String(code.value)] : [],
  );
  return new Set(codes);
}
