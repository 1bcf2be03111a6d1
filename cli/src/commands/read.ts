import { described, optionsOf, usageOf } from "#core/operations/operation.ts";
import { type Read, readOutput } from "#core/outputs/read-output.ts";
import { readToText } from "#core/report/read.ts";
import { printableIn, printableJson } from "#core/text/printable.ts";
import { asManifest, readText } from "#files/open.ts";
import { type CliCommand, type Exit, UsageError } from "../command.ts";
import { oneOf, parse } from "../options.ts";
import { readStdin } from "../read-stdin.ts";
import { terminal } from "../terminal.ts";

export const operation = described({
  name: "read",
  listed: 130,
  summary: "what the pasted output of ip, sysctl, ss, ip6tables-save and others says of IPv6",
  usage: "[OPTIONS] FILE...",
  operands: { name: "files", says: "files that hold what commands printed, or - for standard input", many: true },
  says: `Reads what somebody copied out of a terminal, in any order and cut off anywhere: ip addr, ip route, ip neigh, sysctl,
ss or netstat, resolv.conf, ip6tables-save, nft -j list ruleset, kubectl get -o yaml or -o json, and what ping, curl and the
like say when they fail. It names what is odd and which causes would show it. No asking, no dialling: it never says what the
cause is.`,
  inputs: { format: { takes: ["text", "json"], says: "how to print", byDefault: "text" } },
  tool: {
    title: "Read pasted output",
    says: "What the output of ip, sysctl, ss, ip6tables-save, nft -j, kubectl get -o yaml, or an error message of ping or curl, says of IPv6, and which causes would show it. For texts that a person pastes; where a cluster can be asked, diagnose proves the cause.",
    takes: [],
    text: "what the commands printed, with or without their prompts",
    required: ["manifest"],
  },
  exits: {
    0: "nothing odd stands in what was understood",
    1: "something odd",
    2: "wrong usage",
    3: "nothing, or not every file, could be read",
  },
  writes: "nothing",
});

export const command: CliCommand = { usage: usageOf(operation), run };

const asOutput = { ...asManifest, what: "an output", named: true };

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = parse(args, optionsOf(operation));
  if (positionals.length === 0) throw new UsageError("which files? Give a path, or - for standard input");
  const format = oneOf("format", values.format, ["text", "json"]) ?? "text";
  const all: { readonly file: string; readonly read: Read }[] = [];
  let whole = true;
  for (const file of positionals) {
    const text = file === "-" ? { text: (await readStdin()).toString("utf8") } : readText(file, asOutput);
    if ("text" in text) all.push({ file, read: readOutput(text.text) });
    else {
      terminal.complain(`kube-ipv6: ${file} was not read: ${text.why}`);
      whole = false;
    }
  }
  if (format === "json") terminal.printData(printableJson(`${JSON.stringify(all, undefined, 2)}\n`));
  else
    for (const { file, read } of printableIn(all))
      terminal.print(`${positionals.length > 1 ? `${file}\n` : ""}${readToText(read)}`);
  for (const { file, read } of all)
    if (read.seen.length === 0)
      terminal.complain(`kube-ipv6: ${file} holds the output of no program that is known here`);
  if (!whole || all.some(({ read }) => read.seen.length === 0)) return 3;
  return all.some(({ read }) => read.signs.length > 0) ? 1 : 0;
}
