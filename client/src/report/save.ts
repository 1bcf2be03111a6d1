import { createHash } from "node:crypto";
import { homedir } from "node:os";
import { basename } from "node:path";
import * as vscode from "vscode";
import type { Diagnosis } from "#core/diagnosis/diagnosis.ts";
import { diagnosisToJson, diagnosisToMarkdown } from "#core/report/diagnosis.ts";
import { fileNameOf } from "#core/report/names.ts";
import { diagnosisToHtml } from "#core/report/page/page.ts";
import { l10n } from "../l10n.ts";

const formats = {
  markdown: {
    extension: "md",
    title: "Markdown",
    write: async (diagnosis: Diagnosis) => diagnosisToMarkdown(diagnosis),
  },
  json: { extension: "json", title: "JSON", write: asJson },
  html: { extension: "html", title: "HTML", write: asHtml },
} as const;

export type SaveFormat = keyof typeof formats;

/** With what was observed, so that it can be judged again elsewhere: `kube-ipv6 diagnose --open`. */
async function asJson(diagnosis: Diagnosis): Promise<string> {
  return diagnosisToJson(diagnosis, { recording: true });
}

async function asHtml(diagnosis: Diagnosis, context: vscode.ExtensionContext): Promise<string> {
  const read = async (name: string) =>
    new TextDecoder().decode(
      await vscode.workspace.fs.readFile(vscode.Uri.joinPath(context.extensionUri, "media", name)),
    );
  const [colours, style, script] = await Promise.all(["report-alone.css", "report.css", "report.js"].map(read));
  const hash = (text: string) => createHash("sha256").update(text).digest("base64");
  return diagnosisToHtml(diagnosis, { style: `${colours}${style}`, script: script ?? "", hash });
}

/** Asks where to, and writes the report there. */
export async function saveReport(
  context: vscode.ExtensionContext,
  diagnosis: Diagnosis,
  format: SaveFormat,
): Promise<void> {
  const { extension, title, write } = formats[format];
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file(homedir());
  const target = await vscode.window.showSaveDialog({
    filters: { [title]: [extension] },
    defaultUri: vscode.Uri.joinPath(folder, fileNameOf(diagnosis, extension)),
  });
  if (target === undefined) return;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(await write(diagnosis, context)));
  const open = l10n`Open`;
  const chosen = await vscode.window.showInformationMessage(l10n`The report is in ${basename(target.path)}.`, open);
  if (chosen !== open) return;
  if (format === "html") await vscode.env.openExternal(target);
  else await vscode.commands.executeCommand("vscode.open", target);
}
