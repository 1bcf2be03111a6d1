import { type CodeAction, CodeActionKind, type Position } from "vscode-languageserver";
import { offersAt } from "#core/editor/offers.ts";
import type { Session } from "./session.ts";
import { toTextEdits } from "./to-lsp.ts";

/** What can be done where the cursor stands and nothing is wrong; what a finding's fix does already is left out. */
export function offeredActions(
  session: Session,
  uri: string,
  position: Position,
  beside: readonly CodeAction[],
): readonly CodeAction[] {
  const spot = session.at(uri, position);
  if (!spot) return [];
  const { document, offset, file, index } = spot;
  return offersAt(document, offset, offset)
    .filter(({ title }) => !beside.some((action) => action.title === title))
    .map(({ title, edits }) => ({
      title,
      kind: CodeActionKind.RefactorRewrite,
      edit: { changes: { [uri]: toTextEdits(file, index, edits) } },
    }));
}
