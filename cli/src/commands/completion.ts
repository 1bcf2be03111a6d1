import { scripts, shells } from "#core/operations/completion/scripts.ts";
import { completion as operation } from "#core/operations/completion.ts";
import { optionsOf, usageOf } from "#core/operations/operation.ts";
import { type CliCommand, type Exit, UsageError } from "../command.ts";
import { parse } from "../options.ts";
import { terminal } from "../terminal.ts";

export const command: CliCommand = { usage: usageOf(operation), run };

async function run(args: readonly string[]): Promise<Exit> {
  const { positionals } = parse(args, optionsOf(operation));
  const shell = shells.find((one) => one === positionals[0]);
  if (!shell || positionals.length > 1) throw new UsageError(`the shell is one of ${shells.join(", ")}`);
  terminal.printData(scripts[shell]);
  return 0;
}
