import * as vscode from "vscode";
import type { EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";
import { l10n } from "../l10n.ts";

export const declared: Declared = {
  title: "Forget All Diagnoses",
  icon: "$(clear-all)",
  menus: {
    "view/title": [{ when: "view == kube-ipv6.diagnoses", group: "navigation@1" }],
  },
};

/** Forgets all of them, after a question: nothing brings them back. */
export const command: EditorCommand = async ({ history }) => {
  const entries = await history.list();
  const sure = l10n`Forget Them`;
  const asked = l10n`Forget all ${entries.length} diagnoses that are kept on this machine?`;
  if (entries.length === 0 || (await vscode.window.showWarningMessage(asked, { modal: true }, sure)) !== sure) return;
  await history.remove(entries.map(({ id }) => id));
};
