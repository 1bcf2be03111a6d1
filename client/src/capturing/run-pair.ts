import { basename } from "node:path";
import * as vscode from "vscode";
import { CaptureFile, pathAtNode, sweepCaptures } from "#cluster/capture-file.ts";
import { outpostLedger } from "#cluster/ledger.ts";
import { captureImage } from "#core/capturing/image.ts";
import { capturePair } from "#core/capturing/pair.ts";
import type { Cluster } from "#core/cluster/cluster.ts";
import { whatItIs } from "#core/outposts/words.ts";
import { l10n } from "../l10n.ts";
import { isOpen, kubeconfigFile, removeLeft } from "../left.ts";
import { unlinked } from "../say.ts";
import type { ChosenPair } from "./choose.ts";
import { showPair } from "./reading.ts";
import { agree, offer, withProgress } from "./run.ts";

/** Captures at two nodes after a yes, and shows how far the packets come. `namespace`: where pods are created. */
export async function capturePairAndShow(cluster: Cluster, chosen: ChosenPair, namespace: string): Promise<void> {
  if (!isOpen(cluster)) throw new Error(l10n`No packets flow in the recorded cluster.`);
  sweepCaptures();
  const outposts = cluster.outposts(outpostLedger(), kubeconfigFile());
  await removeLeft(cluster);
  const image = vscode.workspace.getConfiguration("kube-ipv6.capture").get<string>("image", "").trim();
  const files = new Map<string, CaptureFile>();
  const fileOf = (node: string) => {
    const file = files.get(node) ?? new CaptureFile(pathAtNode(chosen.file, node), true);
    files.set(node, file);
    return file;
  };
  let kept = false;
  try {
    const done = await withProgress(l10n`both ends`, (progress, signal) =>
      capturePair(cluster, chosen.wish, {
        access: chosen.access,
        image: image || captureImage,
        namespace,
        outposts,
        file: (node) => fileOf(node).path,
        agree,
        write: (node, bytes) => fileOf(node).write(bytes),
        onProgress: progress,
        now: () => performance.now(),
        signal,
      }),
    );
    const command = done.ok ? undefined : done.commands.join("\n");
    if (!done.ok) return void offer({ refusal: done.refusal, ...(command ? { command } : {}) });
    for (const file of files.values()) file.keep();
    kept = true;
    for (const { outpost, why } of done.left)
      void vscode.window.showInformationMessage(unlinked(`${whatItIs(outpost)}: ${why}`));
    await showPair(done.ends.map((end) => ({ ...end, file: fileOf(end.node).path })));
    const names = [...files.values()].map(({ path }) => basename(path)).join(", ");
    void vscode.window.showInformationMessage(l10n`Packets in ${names}; it ended ${done.ended}.`);
  } finally {
    if (!kept) for (const file of files.values()) file.discard();
  }
}
