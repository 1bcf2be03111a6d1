import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { described, optionsOf, usageOf } from "#core/operations/operation.ts";
import { type CliCommand, type Exit, UsageError } from "../command.ts";
import { parse } from "../options.ts";
import { shipped } from "../shipped.ts";
import { terminal } from "../terminal.ts";

export const operation = described({
  name: "lsp",
  listed: 170,
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

export const command: CliCommand = { usage: usageOf(operation), run };

async function run(args: readonly string[]): Promise<Exit> {
  const { positionals } = parse(args, optionsOf(operation));
  if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is no option`);
  const server = shipped("dist/server.cjs");
  if (!existsSync(server)) {
    terminal.complain(`kube-ipv6 lsp: there is no ${server}`);
    return 3;
  }
  // The server is a program of its own, that reads its own arguments; it goes on while the editor speaks to it.
  process.argv.splice(2, process.argv.length, "--stdio");
  createRequire(server)(server);
  return 0;
}
