import { basename } from "node:path";
import * as vscode from "vscode";
import type { Diagnosis } from "#core/diagnosis/diagnosis.ts";
import { diagnosisToJson, diagnosisToMarkdown } from "#core/report/diagnosis.ts";

const formats = {
  markdown: { extension: "md", title: "Markdown", write: diagnosisToMarkdown },
  json: { extension: "json", title: "JSON", write: asJson },
} as const;

/** With what was observed, so that it can be judged again elsewhere: `kube-ipv6 diagnose --open`. */
function asJson(diagnosis: Diagnosis): string {
  return diagnosisToJson(diagnosis, { recording: true });
}

/** Asks where to, and writes the report there. */
export async function saveReport(diagnosis: Diagnosis, format: keyof typeof formats): Promise<void> {
  const { extension, title, write } = formats[format];
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const name = `ipv6-diagnosis.${extension}`;
  const target = await vscode.window.showSaveDialog({
    filters: { [title]: [extension] },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (target === undefined) return;
  await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(write(diagnosis)));
  void vscode.window.showInformationMessage(`The report is in ${basename(target.path)}.`);
}
