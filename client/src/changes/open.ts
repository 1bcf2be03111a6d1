import * as vscode from "vscode";
import type { Changeable } from "#cluster/open-to-change.ts";
import type { Connection } from "../connection.ts";
import { l10n } from "../l10n.ts";

/** The cluster that is looked at, with the way to change its objects: opened for one change, and closed after it. */
export async function openChangeableHere(connection: Connection): Promise<Changeable> {
  if (connection.demo !== undefined) throw new Error(l10n`The recorded cluster cannot be changed.`);
  const { readKubeconfig } = await import("#cluster/kubeconfig.ts");
  const { openToChange: open } = await import("#cluster/open-to-change.ts");
  const path = vscode.workspace.getConfiguration("kube-ipv6").get<string>("kubeconfig") || undefined;
  const kubeconfig = await readKubeconfig(path === undefined ? {} : { path });
  if (!kubeconfig.ok) throw new Error(kubeconfig.refusal.message);
  const allowExec = vscode.workspace.isTrusted;
  const opened = await open(kubeconfig.value, connection.current, path, { allowExec });
  if (!opened.ok) throw new Error(`${opened.refusal.message} ${opened.refusal.remedy ?? ""}`.trim());
  return opened.value;
}
