import type { CodeLens, Connection } from "vscode-languageserver";
import { lensesOf, lensTitle } from "#core/editor/lens.ts";
import { nameOf } from "./names.ts";
import { policiesAround } from "./policies.ts";
import type { Session } from "./session.ts";
import { toRange } from "./to-lsp.ts";

/** What a lens is resolved by: the policy's place at the time. */
interface Data {
  readonly uri: string;
  readonly document: number;
  readonly number: number;
}

export function lens(connection: Connection, session: Session): void {
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
    // A command without a name is shown as plain text.
    return { ...unresolved, command: { title: title ?? "", command: "" } };
  });
}
