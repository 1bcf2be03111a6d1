import type { CodeLens, Connection } from "vscode-languageserver";
import { lensesOf, lensTitle } from "#core/editor/lens.ts";
import { nameOf } from "./names.ts";
import { policiesAround } from "./policies.ts";
import { offeredCommands as commands } from "./protocol.ts";
import type { Session } from "./session.ts";
import { toRange } from "./to-lsp.ts";

/** What a lens is resolved by: the policy's place at the time. */
interface Data {
  readonly uri: string;
  readonly document: number;
  readonly number: number;
}

/** `extension`: the client has what a lens is clicked for. */
export function lens(connection: Connection, session: Session, extension: boolean): void {
  connection.onCodeLens(({ textDocument: { uri } }) => {
    const file = session.file(uri);
    return (file?.documents ?? []).flatMap((document, index) =>
      lensesOf(document).map((found, number): CodeLens => {
        const data: Data = { uri, document: index, number };
        return { range: toRange(file as NonNullable<typeof file>, index, found), data };
      }),
    );
  });
  connection.onCodeLensResolve((unresolved) => {
    const { uri, document, number } = unresolved.data as Data;
    const found = session.file(uri)?.documents[document];
    const policy = found && lensesOf(found)[number]?.resource;
    const { policies, pods } = policiesAround(session.workspace, nameOf(uri));
    const title = policy ? lensTitle(policy, policies, pods) : undefined;
    const at = policy && session.file(uri)?.position(document, (policy.get("kind") ?? policy.root).start);
    // A command without a name is shown as plain text.
    const clicked = extension ? { command: commands.showAllowed, arguments: [{ uri, ...at }] } : { command: "" };
    return { ...unresolved, command: { title: title ?? "", ...clicked } };
  });
}
