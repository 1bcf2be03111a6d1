import * as vscode from "vscode";
import type { Api } from "#client/extension.ts";
import type { Row } from "#client/tree/row.ts";
import { until } from "./until.ts";

/** Lets the extension read another kubeconfig. */
export async function useKubeconfig(file: string | undefined): Promise<void> {
  await vscode.workspace.getConfiguration("kube-ipv6").update("kubeconfig", file, vscode.ConfigurationTarget.Global);
  await vscode.commands.executeCommand("kube-ipv6.refresh");
}

/** The row under the given labels, as soon as the tree has it. */
export async function row({ tree }: Api, ...labels: (string | RegExp)[]): Promise<Row> {
  let seen: readonly Row[] = [];
  const look = () => {
    let found: Row | undefined;
    for (const wanted of labels) {
      seen = tree.getChildren(found);
      // A context that is not looked at may stand among others.
      if (found === undefined) seen = [...seen, ...seen.filter(isOthers).flatMap((others) => tree.getChildren(others))];
      found = seen.find(({ label }) => (typeof wanted === "string" ? label === wanted : wanted.test(label)));
      if (found === undefined) return undefined;
    }
    return found;
  };
  return until(`the row ${labels.join(" > ")}`, look).catch((error: Error) => {
    throw new Error(
      `${error.message}; there is ${seen.map(({ label, description }) => `${label} (${description})`).join(", ")}`,
    );
  });
}

function isOthers({ label }: Row): boolean {
  return label === "Other contexts";
}
