import { type Connection, type DocumentSymbol, SymbolKind } from "vscode-languageserver";
import { type OutlineEntry, outlineOf } from "#core/editor/outline.ts";
import type { ManifestFile } from "#core/manifest/file.ts";
import type { Session } from "./session.ts";
import { toRange } from "./to-lsp.ts";

/** The objects of a file, and what they wrap up. */
export function outline(connection: Connection, session: Session): void {
  connection.onDocumentSymbol(({ textDocument: { uri } }) => {
    const file = session.file(uri);
    const name = uri.slice(uri.lastIndexOf("/") + 1);
    return (
      file?.documents.flatMap((document, index) => outlineOf(document, name).map((one) => symbol(file, index, one))) ??
      []
    );
  });
}

function symbol(file: ManifestFile, index: number, entry: OutlineEntry): DocumentSymbol {
  const { name, detail, selected, children } = entry;
  return {
    name,
    ...(detail === "" ? {} : { detail }),
    kind: SymbolKind.Object,
    range: toRange(file, index, entry),
    selectionRange: toRange(file, index, selected),
    children: children.map((child) => symbol(file, index, child)),
  };
}
