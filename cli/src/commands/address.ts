import { address as operation } from "#core/operations/address.ts";
import { optionsOf, usageOf } from "#core/operations/operation.ts";
import { printableJson } from "#core/text/printable.ts";
import { type CliCommand, type Exit, UsageError } from "../command.ts";
import { oneOf, parse } from "../options.ts";
import { saysOf } from "../says-of-address.ts";
import { terminal } from "../terminal.ts";

export const command: CliCommand = { usage: usageOf(operation), run };

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = parse(args, optionsOf(operation));
  if (positionals.length === 0) throw new UsageError("which address or prefix?");
  const format = oneOf("format", values.format, ["text", "json"]) ?? "text";
  const described = positionals.map((text) => ({ text, says: saysOf(text) }));
  for (const { text, says } of described)
    if (says === undefined) terminal.complain(`kube-ipv6 address: "${text}" is no IPv4 or IPv6 address or prefix`);
  if (format === "json") {
    const all = described.map(({ text, says }) => ({ text, says: says ?? null }));
    terminal.printData(printableJson(`${JSON.stringify(all, undefined, 2)}\n`));
  } else terminal.print(described.flatMap(({ says }) => (says ? [`${says.join("\n")}\n`] : [])).join("\n"));
  return described.every(({ says }) => says !== undefined) ? 0 : 1;
}
