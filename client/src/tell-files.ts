import * as vscode from "vscode";
import type { BaseLanguageClient as LanguageClient } from "vscode-languageclient";
import * as messages from "#core/editor/messages.ts";
import { isManifest } from "#core/manifest/program-file.ts";
import { tell } from "./ask.ts";
import { l10n } from "./l10n.ts";
import { onRestart } from "./restarted.ts";

/** Each may be a request to somebody's server: so many files are read before one is opened, those nearest to the top first. */
const most = { files: 200, folders: 400, bytes: 1_000_000, atOnce: 8 };

/** Folders that hold what others wrote. */
const skipped = /^(?:node_modules|\.git|\.terraform)$/;

type Told = { readonly uri: string; readonly text: string | null };

/**
 * Tells the server of the manifests in folders that are on no disk, where it cannot look itself: those of a repository that was never
 * cloned, in a browser or not. Of a file that is opened later its folder is told as well.
 */
export function tellFiles(client: LanguageClient): vscode.Disposable {
  const read = new Set<string>();
  const told = async (files: readonly vscode.Uri[]) => {
    if (files.length > 0) await tell(client, messages.files, { files: await texts(files) });
  };
  const walk = async (folders: readonly vscode.WorkspaceFolder[]) => {
    const { files, more } = await below(folders.map(({ uri }) => uri).filter(isElsewhere), read);
    await told(files);
    if (more)
      client.outputChannel.appendLine(
        l10n`Of this repository ${files.length} files were read, those nearest to its top.`,
      );
  };
  const beside = async ({ uri }: vscode.TextDocument) => {
    const folder = vscode.Uri.joinPath(uri, "..");
    if (!isElsewhere(uri) || vscode.workspace.getWorkspaceFolder(uri) === undefined || read.has(folder.toString()))
      return;
    read.add(folder.toString());
    await told((await entries(folder)).files.slice(0, most.files));
  };
  const complain = (error: unknown) => client.outputChannel.appendLine(l10n`Files could not be read: ${String(error)}`);
  void walk(vscode.workspace.workspaceFolders ?? []).catch(complain);
  const watcher = vscode.workspace.createFileSystemWatcher("**/*.{yaml,yml}");
  const changed = (uri: vscode.Uri) => isElsewhere(uri) && void told([uri]).catch(complain);
  return vscode.Disposable.from(
    onRestart(client, () => {
      read.clear();
      void walk(vscode.workspace.workspaceFolders ?? []).catch(complain);
    }),
    watcher,
    watcher.onDidChange(changed),
    watcher.onDidCreate(changed),
    watcher.onDidDelete(changed),
    vscode.workspace.onDidOpenTextDocument((document) => void beside(document).catch(complain)),
    vscode.workspace.onDidChangeWorkspaceFolders(({ added }) => void walk(added).catch(complain)),
  );
}

function isElsewhere({ scheme }: vscode.Uri): boolean {
  return scheme !== "file";
}

/** Folder by folder, from the top down. */
async function below(tops: readonly vscode.Uri[], read: Set<string>) {
  const files: vscode.Uri[] = [];
  const waiting = [...tops];
  for (let folders = 0; waiting.length > 0 && files.length < most.files && folders < most.folders; folders++) {
    const folder = waiting.shift() as vscode.Uri;
    read.add(folder.toString());
    const found = await entries(folder);
    files.push(...found.files);
    waiting.push(...found.folders);
  }
  return { files: files.slice(0, most.files), more: waiting.length > 0 || files.length > most.files };
}

/** What is to be looked at in a folder; links are never followed. */
async function entries(folder: vscode.Uri) {
  const found = await vscode.workspace.fs.readDirectory(folder);
  const named = (wanted: vscode.FileType, is: (name: string) => boolean) =>
    found.filter(([name, type]) => type === wanted && is(name)).map(([name]) => vscode.Uri.joinPath(folder, name));
  return {
    files: named(vscode.FileType.File, (name) => isManifest(name) || name === "Kustomization"),
    folders: named(vscode.FileType.Directory, (name) => !skipped.test(name)),
  };
}

async function texts(files: readonly vscode.Uri[]): Promise<readonly Told[]> {
  const waiting = files.entries();
  const all: Told[] = [];
  const work = async () => {
    for (const [index, uri] of waiting) all[index] = { uri: uri.toString(), text: await textOf(uri) };
  };
  await Promise.all(Array.from({ length: most.atOnce }, work));
  return all;
}

/** Null for what is gone, no text, or too large to have been written by hand. */
async function textOf(uri: vscode.Uri): Promise<string | null> {
  try {
    const bytes = await vscode.workspace.fs.readFile(uri);
    return bytes.length > most.bytes || bytes.includes(0) ? null : new TextDecoder().decode(bytes);
  } catch {
    return null;
  }
}
