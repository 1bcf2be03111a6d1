import * as vscode from "vscode";
import { refused } from "#core/cluster/cluster.ts";
import type { Connection } from "../connection.ts";
import { l10n } from "../l10n.ts";
import type { ObjectRef, Row } from "../tree/row.ts";
import { objectText } from "./text.ts";
import { objectPath, parseObjectPath, scheme } from "./uri.ts";

/** The command a row of the tree runs when it is clicked. */
export const openObject = "kube-ipv6.openObject";

/** Shows objects of the cluster as read-only YAML; the language server then underlines in them what it underlines in files. */
export function registerObjects(connection: Connection): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const provider: vscode.TextDocumentContentProvider = {
    onDidChange: changed.event,
    provideTextDocumentContent: (uri) => read(connection, uri),
  };
  const refresh = () => {
    for (const { uri } of vscode.workspace.textDocuments) if (uri.scheme === scheme) changed.fire(uri);
  };
  return vscode.Disposable.from(changed, vscode.workspace.registerTextDocumentContentProvider(scheme, provider), {
    dispose: connection.onRefresh(refresh),
  });
}

/** The address of a document that shows an object of the current context. */
function objectUri(context: string, ref: ObjectRef): vscode.Uri {
  return vscode.Uri.from({ scheme, path: objectPath(context, ref) });
}

/** Of the current context, unless another is named. */
export async function showObject(connection: Connection, { object }: Row, context = connection.current): Promise<void> {
  if (object === undefined || context === undefined) return;
  const document = await vscode.workspace.openTextDocument(objectUri(context, object));
  await vscode.window.showTextDocument(document, { preview: true });
}

async function read(connection: Connection, uri: vscode.Uri): Promise<string> {
  const parsed = parseObjectPath(uri.path);
  if (parsed === undefined) return l10n`# ${uri.toString()} names no object.\n`;
  const { context, ref } = parsed;
  const { apiVersion, resource, name, namespace } = ref;
  const opened = await connection.cluster();
  if (!opened.ok) return objectText(ref, opened);
  if (opened.value.context !== context) {
    const remedy = l10n`Run the command IPv6: Use Context, and open it again.`;
    return objectText(
      ref,
      refused("unsupported", l10n`It is of the context ${context}, which is not the current one.`, remedy),
    );
  }
  return objectText(
    ref,
    await opened.value.get({ apiVersion, resource }, name, namespace === undefined ? {} : { namespace }),
  );
}
