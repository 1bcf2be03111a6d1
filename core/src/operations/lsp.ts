import { operation } from "./operation.ts";

export const lsp = operation({
  name: "lsp",
  summary: "the language server, for any editor that speaks the Language Server Protocol",
  usage: "[OPTIONS]",
  says: `Speaks the Language Server Protocol on standard input and output: findings, fixes, hovers, completion, hints and lenses, as in VS Code.
docs/editors.md says how Neovim, Helix, Zed, Emacs and JetBrains are told. It opens no connection.`,
  inputs: { stdio: { says: "what it does anyway; some editors say it" } },
  exits: {
    0: "the editor has left",
    1: "the editor left without a word",
    2: "wrong usage",
    3: "the server is not installed",
  },
  writes: "nothing",
});
