import { stdin } from "node:process";
import { mcp as operation } from "#core/operations/mcp.ts";
import { optionsOf, usageOf } from "#core/operations/operation.ts";
import { type CliCommand, type Exit, UsageError } from "../command.ts";
import { inputLinesOf } from "../mcp/lines.ts";
import { McpSession } from "../mcp/session.ts";
import { oneOf, parse } from "../options.ts";
import { terminal } from "../terminal.ts";

export const command: CliCommand = { usage: usageOf(operation), run };

/** Bytes of one message: a manifest that somebody pastes, and more than anybody reads. */
const longest = 16_000_000;

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = parse(args, optionsOf(operation));
  if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is no option`);
  const session = new McpSession((message) => terminal.printData(`${JSON.stringify(message)}\n`), {
    kubeconfig: values.kubeconfig,
    context: values.context,
    access: oneOf("access", values.access, ["api", "exec"]) ?? "exec",
    outside: values.outside === true,
  });
  const all = new Set<Promise<void>>();
  for await (const line of inputLinesOf(stdin, longest)) {
    const taken = session.take(line);
    all.add(taken);
    void taken.finally(() => all.delete(taken));
  }
  session.end();
  await Promise.all(all);
  return 0;
}
