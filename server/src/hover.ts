import type { Connection } from "vscode-languageserver";
import { hoverAt } from "#core/editor/hover/hover.ts";
import { nameOf } from "./names.ts";
import { policiesAround } from "./policies.ts";
import type { Session } from "./session.ts";
import { toHover } from "./to-lsp.ts";

export function hover(connection: Connection, session: Session): void {
  connection.onHover(({ textDocument: { uri }, position }) => {
    const spot = session.at(uri, position);
    const found = spot && hoverAt(spot.document, spot.offset, policiesAround(session.workspace, nameOf(uri)));
    return found ? toHover(spot.file, spot.index, found) : null;
  });
}
