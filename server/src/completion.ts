import { type CompletionItem, type Connection, ErrorCodes, ResponseError } from "vscode-languageserver";
import { uniqueLocalPrefix } from "#core/addresses/address.ts";
import { completionsAt } from "#core/editor/completion.ts";
import { configCompletionsAt } from "#core/editor/config-completion.ts";
import { knownPrefixes } from "#core/editor/known-prefixes.ts";
import * as messages from "#core/editor/messages.ts";
import { bodyOf } from "#core/editor/snippet-text.ts";
import { snippets } from "#core/editor/snippets/index.ts";
import { configName } from "#core/lint/config-file.ts";
import { rules } from "#core/rules/index.ts";
import { answer } from "./answer.ts";
import { nameOf } from "./names.ts";
import type { Session } from "./session.ts";
import { sentRecord } from "./settings.ts";
import { toCompletionItem } from "./to-lsp.ts";

const ruleNames = rules.map(({ id, rule: { summary } }) => ({ id, summary }));

export function serveCompletion(connection: Connection, session: Session): void {
  // One prefix for everything that is started from nothing in one session: a pool and a plan belong together.
  const ula = uniqueLocalPrefix(crypto.getRandomValues(new Uint8Array(5)));
  connection.onCompletion(({ textDocument: { uri }, position }): CompletionItem[] => {
    const spot = session.at(uri, position);
    if (!spot) return [];
    if (nameOf(uri).endsWith(`/${configName}`))
      return configCompletionsAt(spot.document.text, spot.offset, ruleNames).map((found) =>
        toCompletionItem(spot.file, spot.index, found),
      );
    const prefixes = knownPrefixes(session.workspace, nameOf(uri));
    const { values } = session.preferences.beside;
    return completionsAt(spot.document, spot.offset, prefixes, ula)
      .filter(({ kind }) => !(values && kind === "value"))
      .map((found) => toCompletionItem(spot.file, spot.index, found));
  });
  answer(connection, messages.snippetList, () =>
    snippets.map(({ id, snippet: { title, source } }) => ({ id, title, source })),
  );
  answer(connection, messages.snippetBody, (params) => {
    const { id } = sentRecord(params);
    const known = snippets.find((one) => one.id === id);
    if (!known) return new ResponseError(ErrorCodes.InvalidParams, `there is no snippet "${String(id)}"`);
    return { body: bodyOf(known.snippet, ula) };
  });
}
