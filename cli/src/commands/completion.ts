import { scripts, shells } from "#core/operations/completion/scripts.ts";
import { described, optionsOf, usageOf } from "#core/operations/operation.ts";
import { type CliCommand, type Exit, UsageError } from "../command.ts";
import { parse } from "../options.ts";
import { terminal } from "../terminal.ts";

export const operation = described({
  name: "completion",
  listed: 160,
  summary: "what a shell is to run so that it completes commands, options and values",
  usage: "bash|zsh|fish|powershell",
  operands: { name: "shell", says: "the shell", words: shells },
  says: `Prints a script for a shell. For bash: source <(kube-ipv6 completion bash). For zsh: kube-ipv6 completion zsh, into a file _kube-ipv6
of a folder of $fpath. For fish: kube-ipv6 completion fish | source. For PowerShell: kube-ipv6 completion powershell | Out-String |
Invoke-Expression. kubectl ipv6 is completed by kubectl itself, since kubectl_complete-ipv6 is installed beside it.`,
  inputs: {},
  exits: { 0: "it was printed", 2: "wrong usage" },
  writes: "nothing",
});

export const command: CliCommand = { usage: usageOf(operation), run };

async function run(args: readonly string[]): Promise<Exit> {
  const { positionals } = parse(args, optionsOf(operation));
  const shell = shells.find((one) => one === positionals[0]);
  if (!shell || positionals.length > 1) throw new UsageError(`the shell is one of ${shells.join(", ")}`);
  terminal.printData(scripts[shell]);
  return 0;
}
