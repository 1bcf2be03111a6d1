import { basename } from "node:path";
import * as vscode from "vscode";
import { CaptureFile, sweepCaptures } from "#cluster/capture-file.ts";
import { outpostLedger } from "#cluster/ledger.ts";
import { type Capture, capture } from "#core/capturing/capture.ts";
import { captureImage } from "#core/capturing/image.ts";
import type { Cluster } from "#core/cluster/cluster.ts";
import { whatItIs } from "#core/outposts/words.ts";
import { l10n } from "../l10n.ts";
import { isOpen, kubeconfigFile, removeLeft } from "../left.ts";
import { unlinked } from "../say.ts";
import type { ChosenCapture } from "./choose.ts";
import { showReading } from "./reading.ts";

/** Captures after a yes, and shows what the packets say. `namespace`: where a pod on a node is created. */
export async function captureAndShow(cluster: Cluster, chosen: ChosenCapture, namespace: string): Promise<void> {
  if (!isOpen(cluster)) throw new Error(l10n`No packets flow in the recorded cluster.`);
  sweepCaptures();
  const outposts = cluster.outposts(outpostLedger(), kubeconfigFile());
  await removeLeft(cluster);
  const { wish, access } = chosen;
  const image = vscode.workspace.getConfiguration("kube-ipv6.capture").get<string>("image", "").trim();
  const file = new CaptureFile(chosen.file, true);
  let kept = false;
  try {
    const done = await withProgress(wish.at.kind === "pod" ? wish.at.pod : wish.at.node, (progress, signal) =>
      capture(cluster, wish, {
        access,
        image: image || captureImage,
        namespace: wish.at.kind === "pod" ? wish.at.namespace : namespace,
        outposts,
        file: file.path,
        agree,
        write: (bytes) => file.write(bytes),
        onProgress: (at) =>
          progress("says" in at ? at.says : l10n`${at.packets} packets, ${Math.round(at.bytes / 1000)} kB`),
        signal,
      }),
    );
    if (!done.ok) return void offer(done);
    file.keep();
    kept = true;
    for (const { outpost, why } of done.left)
      void vscode.window.showInformationMessage(unlinked(`${whatItIs(outpost)}: ${why}`));
    await showReading(file.path, done.around);
    void vscode.window.showInformationMessage(
      l10n`${done.packets} packets in ${basename(file.path)}; it ended ${done.ended}.`,
    );
  } finally {
    if (!kept) file.discard();
  }
}

/** The line for whoever may is a click away. */
export async function offer({
  refusal,
  command,
}: Pick<Extract<Capture, { ok: false }>, "refusal" | "command">): Promise<void> {
  if (refusal.reason === "cancelled") return;
  const copy = l10n`Copy Command`;
  const text = unlinked(`${refusal.message} ${refusal.remedy ?? ""}`.trim());
  const chosen = await vscode.window.showErrorMessage(text, ...(command === undefined ? [] : [copy]));
  if (chosen === copy && command !== undefined) await vscode.env.clipboard.writeText(command);
}

/** Always asked: packets are others' as well. What is created can be read word for word first. */
export async function agree(words: readonly string[], creates: boolean): Promise<boolean> {
  const body = words.indexOf("---");
  const said = body < 0 ? words : words.slice(0, body - 1);
  const [question = "", ...detail] = said;
  const yes = creates ? l10n`Create, and Capture` : l10n`Capture`;
  const show = l10n`Show Every Word`;
  const options = { modal: true, detail: detail.join("\n") };
  const first = await vscode.window.showWarningMessage(question, options, yes, ...(creates ? [show] : []));
  if (first !== show) return first === yes;
  const content = [...said.map((line) => `# ${line}`), ...words.slice(body)].join("\n");
  const document = await vscode.workspace.openTextDocument({ language: "yaml", content });
  await vscode.window.showTextDocument(document, { preview: true });
  return (await vscode.window.showWarningMessage(l10n`Create what is shown in the editor, and capture?`, yes)) === yes;
}

type Work<T> = (progress: (message: string) => void, signal: AbortSignal) => Promise<T>;

export function withProgress<T>(name: string, work: Work<T>): Thenable<T> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: l10n`Capturing packets of ${name}`,
    cancellable: true,
  };
  return vscode.window.withProgress(options, (progress, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    return work((message) => progress.report({ message }), controller.signal);
  });
}
