import { type Exit, isUsageError, version } from "./command.ts";
import { loadCommand } from "./commands/index.ts";
import { operations } from "./operations.ts";
import { terminal } from "./terminal.ts";

const usage = `Usage: kube-ipv6 COMMAND [OPTIONS]

${operations.map(({ name, summary }) => `  ${name.padEnd(10)} ${summary}`).join("\n")}

kube-ipv6 COMMAND --help says more.
Exit code: 0 nothing found, 1 findings, 2 wrong usage, 3 not everything could be looked at.
`;

/** Runs a command line; rejects only by a mistake of ours. */
export async function runCommandLine([name, ...rest]: readonly string[]): Promise<Exit> {
  if (name === undefined || name === "help" || name === "--help" || name === "-h") {
    if (name !== undefined) terminal.print(usage);
    else terminal.explain(usage);
    return name === undefined ? 2 : 0;
  }
  if (name === "--version") {
    terminal.print(`${version}\n`);
    return 0;
  }
  // Asked by shells, with words that are none of ours yet: nothing of it is an option.
  if (name === "__complete") return (await loadCommand.complete()).run(rest);
  const known = operations.some((operation) => operation.name === name);
  if (!known) {
    terminal.complain(`kube-ipv6: there is no command "${name}"`);
    terminal.explain(`\n${usage}`);
    return 2;
  }
  const command = await loadCommand[name as keyof typeof loadCommand]();
  if (rest.includes("--help") || rest.includes("-h")) {
    terminal.print(command.usage);
    return 0;
  }
  try {
    return await command.run(rest);
  } catch (error) {
    if (!isUsageError(error)) throw error;
    terminal.complain(`kube-ipv6 ${name}: ${error.message}`);
    terminal.explain(`\n${error.besides.length > 0 ? `${error.besides.join("\n")}\n` : command.usage}`);
    return 2;
  }
}
