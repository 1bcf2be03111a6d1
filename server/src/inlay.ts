import type { Connection, InlayHint } from "vscode-languageserver";
import { inlayHints } from "#core/editor/inlay.ts";
import { nameOf } from "./names.ts";
import type { Session } from "./session.ts";
import { toInlayHint } from "./to-lsp.ts";

export function inlay(connection: Connection, session: Session): void {
  connection.languages.inlayHint.on(({ textDocument: { uri }, range: { start, end } }) => {
    const file = session.file(uri);
    if (!file || !session.preferences.client(nameOf(uri)).inlayHints) return [];
    const [first, last] = [file.at(start).index, file.at(end).index];
    return file.documents
      .slice(first, last + 1)
      .flatMap((document, at) => inlayHints(document).map((hint) => toInlayHint(file, first + at, hint)))
      .filter(({ position: { line } }: InlayHint) => line >= start.line && line <= end.line);
  });
}
