import * as vscode from "vscode";
import { testNamespace } from "#core/prevention/names.ts";
import type { EditorCommand } from "../command.ts";
import type { Declared } from "../declared.ts";
import { l10n } from "../l10n.ts";

export const declared: Declared = {
  title: "Write Tests for This Cluster",
  menus: { "view/title": [{ when: "view == kube-ipv6.cluster", group: "2_tests" }] },
};

/** Manifests that keep testing the families of the cluster, in an editor of their own; nothing is saved, and nothing applied. */
export const command: EditorCommand = async ({ connection }) => {
  const held = await connection.hold();
  if (!held.ok) throw new Error(held.refusal.message);
  const { cluster, release } = held.value;
  try {
    const { readBasis } = await import("#core/prevention/live.ts");
    const { asStream, preventionOf } = await import("#core/prevention/prevention.ts");
    const title = l10n`IPv6: reading what the cluster serves`;
    const basis = await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, () =>
      readBasis(cluster, { namespace: testNamespace }),
    );
    if (typeof basis === "string") throw new Error(basis);
    const { files, inForce, notes } = preventionOf(basis);
    const content = asStream(files, [...basis.unread, ...inForce, ...notes]);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: "yaml", content }));
  } finally {
    release();
  }
};
