import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { lsp as operation } from "#core/operations/lsp.ts";
import { optionsOf, usageOf } from "#core/operations/operation.ts";
import { type CliCommand, type Exit, UsageError } from "../command.ts";
import { parse } from "../options.ts";
import { shipped } from "../shipped.ts";
import { terminal } from "../terminal.ts";

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
