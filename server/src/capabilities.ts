import { CodeActionKind, type ServerCapabilities, TextDocumentSyncKind } from "vscode-languageserver";
import { fixAllKind, offeredCommands } from "./protocol.ts";

/** What the server can do, known before any of it is loaded. */
export const capabilities: ServerCapabilities = {
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: true },
  hoverProvider: true,
  completionProvider: { triggerCharacters: [" ", "[", "-", '"'] },
  inlayHintProvider: true,
  documentSymbolProvider: true,
  definitionProvider: true,
  codeLensProvider: { resolveProvider: true },
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite, fixAllKind] },
  executeCommandProvider: { commands: [offeredCommands.fixAll, offeredCommands.fixRule] },
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
};
