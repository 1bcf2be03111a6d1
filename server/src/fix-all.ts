import type { Connection } from "vscode-languageserver/node";
import { mendingEdits } from "./actions.ts";
import { commands } from "./protocol.ts";
import type { Session } from "./session.ts";

/** The command behind "fix all in this file", for clients and key bindings that do not ask for code actions. */
export function fixAllCommand(connection: Connection, session: Session): void {
  connection.onExecuteCommand(async ({ command, arguments: [uri] = [] }) => {
    if (command !== commands.fixAll || typeof uri !== "string") return null;
    const edits = mendingEdits(session, uri);
    if (edits.length === 0) return null;
    await connection.workspace.applyEdit({
      label: "Fix the spelling of IPv6 findings",
      edit: { changes: { [uri]: edits } },
    });
    return null;
  });
}
