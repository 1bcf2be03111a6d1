import type { Connection } from "vscode-languageserver";
import { mendingEdits } from "./actions.ts";
import { offeredCommands } from "./protocol.ts";
import type { Session } from "./session.ts";

/** The command behind "fix all in this file", for clients and key bindings that do not ask for code actions. */
export function fixAllCommand(connection: Connection, session: Session): void {
  connection.onExecuteCommand(async ({ command, arguments: [uri, rule] = [] }) => {
    const ofRule = command === offeredCommands.fixRule && typeof rule === "string";
    if ((command !== offeredCommands.fixAll && !ofRule) || typeof uri !== "string") return null;
    const edits = mendingEdits(session, uri, ofRule ? { spelling: false, rules: new Set([rule]) } : undefined);
    if (edits.length === 0) return null;
    await connection.workspace.applyEdit({
      label: ofRule ? `Fix all of ${rule}` : "Fix the spelling of IPv6 findings",
      edit: { changes: { [uri]: edits } },
    });
    return null;
  });
}
