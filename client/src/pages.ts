import * as vscode from "vscode";

/** Of documents that are pages of rules and causes, and what is new: `kube-ipv6-docs:/rules/NAME.md`, `kube-ipv6-docs:/CHANGELOG.md`. */
const scheme = "kube-ipv6-docs";

/** Pages that the extension brings in one file, as files that are only read: their links lead to each other. */
class Pages implements vscode.FileSystemProvider {
  readonly onDidChangeFile = new vscode.EventEmitter<vscode.FileChangeEvent[]>().event;
  readonly #file: vscode.Uri;
  #read: Thenable<Readonly<Record<string, string>>> | undefined;

  constructor(extension: vscode.Uri) {
    this.#file = vscode.Uri.joinPath(extension, "dist", "pages.json");
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    this.#read ??= vscode.workspace.fs
      .readFile(this.#file)
      .then((bytes) => JSON.parse(new TextDecoder().decode(bytes)));
    const text = (await this.#read)[uri.path.slice(1)];
    if (text === undefined) throw vscode.FileSystemError.FileNotFound(uri);
    return new TextEncoder().encode(text);
  }

  async stat(uri: vscode.Uri): Promise<vscode.FileStat> {
    const { length: size } = await this.readFile(uri);
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size };
  }

  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  createDirectory(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  writeFile(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  delete(): never {
    throw vscode.FileSystemError.NoPermissions();
  }

  rename(): never {
    throw vscode.FileSystemError.NoPermissions();
  }
}

let registered = false;

/** Shows the page of a rule or a cause, which is part of the extension: nothing is fetched. */
export async function showPageOf(
  context: vscode.ExtensionContext,
  folder: "rules" | "causes",
  name: string,
): Promise<void> {
  // It becomes part of a path.
  if (/^[a-z0-9-]+$/.test(name)) await showPage(context, `/${folder}/${name}.md`, "markdown.showPreviewToSide");
}

/** Shows what is new, version by version. */
export function showChangelog(context: vscode.ExtensionContext): Promise<void> {
  return showPage(context, "/CHANGELOG.md", "markdown.showPreview");
}

async function showPage(
  { extensionUri, subscriptions }: vscode.ExtensionContext,
  path: string,
  preview: "markdown.showPreview" | "markdown.showPreviewToSide",
): Promise<void> {
  if (!registered)
    subscriptions.push(
      vscode.workspace.registerFileSystemProvider(scheme, new Pages(extensionUri), { isReadonly: true }),
    );
  registered = true;
  const page = vscode.Uri.from({ scheme, path });
  try {
    await vscode.commands.executeCommand(preview, page);
  } catch {
    // VS Code's own extension for Markdown is off, or is not there.
    const beside = preview === "markdown.showPreviewToSide";
    const viewColumn = beside ? vscode.ViewColumn.Beside : vscode.ViewColumn.Active;
    await vscode.window.showTextDocument(page, { viewColumn, preview: true });
  }
}
