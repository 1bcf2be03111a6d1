import type { Connection } from "vscode-languageserver";
import { hoverAt } from "#core/editor/hover/hover.ts";
import { nameOf } from "./names.ts";
import { policiesAround } from "./policies.ts";
import type { Session } from "./session.ts";
import { toHover } from "./to-lsp.ts";

export function hover(connection: Connection, session: Session): void {
  connection.onHover(({ textDocument: { uri }, position }) => {
    const spot = session.at(uri, position);
    if (!spot) return null;
    const { document, offset, file, index } = spot;
    const findings = session.checkOne(uri, index)?.findings ?? [];
    const reported = findings.some(({ start, end }) => start <= offset && offset <= end);
    const { policies, pods } = policiesAround(session.workspace, nameOf(uri));
    const found = hoverAt(document, offset, { policies, pods, reported });
    return found ? toHover(file, index, found) : null;
  });
}
