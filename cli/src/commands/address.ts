import { described, optionsOf, usageOf } from "#core/operations/operation.ts";
import { printableJson } from "#core/text/printable.ts";
import { type CliCommand, type Exit, UsageError } from "../command.ts";
import { oneOf, parse } from "../options.ts";
import { saysOf } from "../says-of-address.ts";
import { terminal } from "../terminal.ts";

export const operation = described({
  name: "address",
  listed: 110,
  summary: "what an IPv4 or IPv6 address or prefix is: its range, its size, its canonical text",
  usage: "[OPTIONS] ADDRESS...",
  operands: { name: "addresses", says: "addresses or prefixes, such as fd00:10:96::a or 2001:db8::/32", many: true },
  says: `Says of each address or prefix which range of IANA's registries it lies in and what that means, how large it is, how RFC 5952
writes it, and what it holds of another family (IPv4-mapped, NAT64, 6to4, Teredo). Nothing is looked up outside.`,
  inputs: { format: { short: "o", takes: ["text", "json"], says: "how to print", byDefault: "text" } },
  tool: {
    title: "Explain addresses",
    says: "Which special range IPv4 or IPv6 addresses and prefixes lie in, what that means for routing, their size and canonical text. Works without a cluster.",
    takes: [],
    required: ["addresses"],
  },
  exits: {
    0: "each was an address or a prefix",
    1: "something was none",
    2: "wrong usage",
  },
  writes: "nothing",
});

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
