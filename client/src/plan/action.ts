import * as vscode from "vscode";
import { l10n } from "../l10n.ts";
import { manifestFilters } from "../manifest-language.ts";
import { schemes } from "../schemes.ts";

/** The light bulb of an overlap leads to the picture of it. */
export function offerPlan(): vscode.Disposable {
  const kind = vscode.CodeActionKind.QuickFix;
  return vscode.languages.registerCodeActionsProvider(
    [...schemes().flatMap(manifestFilters)],
    {
      provideCodeActions: ({ uri }, _range, { diagnostics }) => {
        const overlaps = diagnostics.filter(isOverlap);
        if (overlaps.length === 0) return [];
        const action = new vscode.CodeAction(l10n`Show the address plan`, kind);
        action.diagnostics = overlaps;
        action.command = { command: "kube-ipv6.showPlan", title: action.title, arguments: [uri] };
        return [action];
      },
    },
    { providedCodeActionKinds: [kind] },
  );
}

function isOverlap({ source, code }: vscode.Diagnostic): boolean {
  return source === "kube-ipv6" && typeof code === "object" && code.value === "overlapping-ranges";
}
