import * as vscode from "vscode";
import type { EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";
import { l10n } from "../l10n.ts";
import { isRow } from "../tree/row.ts";

export const declared: Declared = {
  title: "Use Context",
  icon: "$(arrow-swap)",
  menus: {
    "view/title": [{ when: "view == kube-ipv6.cluster", group: "1_context@1" }],
    "view/item/context": [
      { when: "view == kube-ipv6.cluster && viewItem == context", group: "inline@1" },
      { when: "view == kube-ipv6.cluster && viewItem == context", group: "1_context" },
    ],
  },
};

/** Looks at another context of the kubeconfig from now on; the kubeconfig and kubectl's own choice stay as they are. */
export const command: EditorCommand = async ({ connection }, row) => {
  const context = isRow(row) ? row.label : await pick(await contextsOf(connection));
  if (context !== undefined) await connection.use(context);
};

type Connection = Parameters<EditorCommand>[0]["connection"];

async function contextsOf(connection: Connection): Promise<readonly vscode.QuickPickItem[]> {
  await connection.cluster();
  const { known, current } = connection.contexts;
  if (known !== undefined && !known.ok) throw new Error(known.refusal.message);
  const contexts = known?.value ?? [];
  return contexts.map(({ name, server = "" }) => ({
    label: name,
    description: name === current ? l10n`${server} (current)` : server,
  }));
}

async function pick(items: readonly vscode.QuickPickItem[]): Promise<string | undefined> {
  const chosen = await vscode.window.showQuickPick(items, {
    title: l10n`IPv6: Use Context`,
    placeHolder: l10n`The cluster to look at; kubectl's own current context stays as it is`,
  });
  return chosen?.label;
}
