import * as vscode from "vscode";
import type { OpenCluster } from "#cluster/open-cluster.ts";
import type { Cluster } from "#core/cluster/cluster.ts";
import { whatItIs } from "#core/outposts/words.ts";
import type { Connection } from "./connection.ts";
import { l10n } from "./l10n.ts";
import { sayError, unlinked } from "./say.ts";

/**
 * Says once of each cluster that is looked at what earlier diagnoses and runs have left there by the record of this machine, and offers to
 * remove it. The cluster is not asked for it.
 */
export function offerRemoval(connection: Connection): vscode.Disposable {
  const told = new Set<string>();
  const look = async () => {
    const opened = connection.asked && connection.demo === undefined ? await connection.cluster() : undefined;
    if (!opened?.ok || told.has(opened.value.server)) return;
    told.add(opened.value.server);
    const left = await leftIn(opened.value);
    if (left.length === 0) return;
    const remove = l10n`Remove`;
    const said = l10n`Something of kube-ipv6 was left in ${opened.value.context}: ${left.join("; ")}.`;
    if ((await vscode.window.showWarningMessage(unlinked(said), remove, l10n`Leave It`)) !== remove) return;
    const held = await connection.hold();
    if (!held.ok) throw new Error(held.refusal.message);
    const { cluster, release } = held.value;
    try {
      if (cluster.server !== opened.value.server || !isOpen(cluster))
        throw new Error(l10n`Another cluster is looked at now: nothing was removed.`);
      if ((await removeLeft(cluster)).length === 0) void vscode.window.showInformationMessage(l10n`It was removed.`);
    } finally {
      release();
    }
  };
  return { dispose: connection.onChange(() => void look().catch(sayError)) };
}

/** Removes what is no longer needed by who has created it, and says what is still there. */
export async function removeLeft(cluster: OpenCluster): Promise<readonly string[]> {
  const { outposts, runs, runWords } = await records();
  const left = [
    ...(await cluster.outposts(outposts, kubeconfigFile()).sweep()).map(({ outpost, why }) => [whatItIs(outpost), why]),
    ...(await cluster.workloads(runs, kubeconfigFile()).sweep()).map(({ run, why }) => [runWords(run), why]),
  ];
  const said = left.map(([what, why]) => l10n`Still there from an earlier diagnosis or run: ${what}: ${why}`);
  for (const sentence of said) void vscode.window.showWarningMessage(unlinked(sentence));
  return said;
}

/** Whether it can be written to by who has agreed; a recorded one cannot. */
export function isOpen(cluster: Cluster): cluster is OpenCluster {
  return "outposts" in cluster;
}

/** The file somebody chose in settings. */
export function kubeconfigFile(): string | undefined {
  return vscode.workspace.getConfiguration("kube-ipv6").get<string>("kubeconfig") || undefined;
}

async function leftIn({ server }: Cluster): Promise<readonly string[]> {
  const { outposts, runs, runWords } = await records();
  return [
    ...outposts.staleIn(server).map(({ outpost }) => whatItIs(outpost)),
    ...runs.staleIn(server).map(({ run }) => runWords(run)),
  ];
}

async function records() {
  const { outpostLedger, runLedger } = await import("#cluster/ledger.ts");
  const { runWords } = await import("#core/ring/words.ts");
  return { outposts: outpostLedger(), runs: runLedger(), runWords };
}
