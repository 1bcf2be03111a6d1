import type { Connection, Location } from "vscode-languageserver";
import { type FilesAround, targetsAt } from "#core/editor/go-to.ts";
import { nameOf } from "./names.ts";
import type { Session } from "./session.ts";
import { toRange } from "./to-lsp.ts";

/** From a selector to the pods of the files, and from a range to those it lies in. */
export function goTo(connection: Connection, session: Session): void {
  connection.onDefinition(({ textDocument: { uri }, position }) => {
    const spot = session.at(uri, position);
    if (!spot) return [];
    const { workspace } = session;
    const around: FilesAround = {
      all: (fact) => workspace.all(nameOf(uri), fact),
      resource: (known) =>
        workspace.file(known.file)?.documents[known.document]?.resources.find((one) => known.isOf(one)),
    };
    return targetsAt(spot.document, spot.offset, around).flatMap(({ file: name, document, ...range }): Location[] => {
      const file = workspace.file(name);
      return file ? [{ uri: session.uriOf(name), range: toRange(file, document, range) }] : [];
    });
  });
}
