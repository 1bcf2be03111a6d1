import { CodeActionKind, createConnection, ProposedFeatures, TextDocumentSyncKind } from "vscode-languageserver/node";
import { rules } from "#core/rules/index.ts";
import { fixAllKind } from "./actions.ts";
import { Session } from "./session.ts";
import { readSettings } from "./settings.ts";

const connection = createConnection(ProposedFeatures.all);
const session = new Session(connection, rules);

connection.onInitialize(() => ({
  serverInfo: { name: "kube-ipv6" },
  capabilities: {
    textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
    hoverProvider: true,
    codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind] },
  },
}));

connection.onDidChangeConfiguration(({ settings }) => session.configure(readSettings(settings)));
connection.onDidOpenTextDocument(({ textDocument: { uri, version, text } }) => session.open(uri, version, text));
connection.onDidChangeTextDocument(({ textDocument: { uri, version }, contentChanges }) =>
  session.change(uri, version, contentChanges),
);
connection.onDidCloseTextDocument(({ textDocument: { uri } }) => session.close(uri));
connection.onHover(({ textDocument: { uri }, position }) => session.hover(uri, position));
connection.onCodeAction(({ textDocument: { uri }, range, context }) => session.actions(uri, range, context.only));

connection.listen();
