import { captureIn, mostOfCapture } from "#cluster/read-capture.ts";
import { described, optionsOf, usageOf } from "#core/operations/operation.ts";
import { type Read, readOutput } from "#core/outputs/read-output.ts";
import { type CaptureReading, isOdd, readCapture } from "#core/packets/reading/reading.ts";
import { packetsToText } from "#core/report/packets.ts";
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
  summary: "what the pasted output of ip, sysctl, ss, ip6tables-save and others, or a packet capture, says of IPv6",
  usage: "[OPTIONS] FILE...",
  operands: {
    name: "files",
    says: "files that hold what commands printed, or packets, or - for standard input",
    many: true,
  },
  says: `Reads what somebody copied out of a terminal, in any order and cut off anywhere: ip addr, ip route, ip neigh, sysctl,
ss or netstat, resolv.conf, ip6tables-save, nft -j list ruleset, cilium-dbg status and monitor, birdcl,
gobgp, kubectl get -o yaml or -o json, and what ping, curl and the
like say when they fail. It names what is odd and which causes would show it. Of a capture (pcap, pcapng) it says in words what the
packets show: who answers whom, which solicitation has no advertisement, which error came from where. No asking, no dialling: it never
says what the cause is.`,
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

/** What one file came to. */
type Came = { readonly file: string } & (
  | { readonly read: Read }
  | { readonly capture: CaptureReading }
  | { readonly why: string }
);

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = parse(args, optionsOf(operation));
  if (positionals.length === 0) throw new UsageError("which files? Give a path, or - for standard input");
  const format = oneOf("format", values.format, ["text", "json"]) ?? "text";
  const all: Came[] = [];
  for (const file of positionals) all.push({ file, ...(await readOne(file)) });
  const understood = all.filter((one) => !("why" in one));
  if (format === "json") terminal.printData(printableJson(`${JSON.stringify(understood, undefined, 2)}\n`));
  else
    for (const one of printableIn(understood))
      terminal.print(`${positionals.length > 1 ? `${one.file}\n` : ""}${textOf(one)}`);
  for (const one of all)
    if ("why" in one) terminal.complain(`kube-ipv6: ${one.file} was not read: ${one.why}`);
    else if (isNothing(one)) terminal.complain(`kube-ipv6: ${one.file} holds ${nothing(one)}`);
  if (all.some((one) => "why" in one || isNothing(one))) return 3;
  return all.some(isOddIn) ? 1 : 0;
}

async function readOne(file: string): Promise<{ read: Read } | { capture: CaptureReading } | { why: string }> {
  const piped = file === "-" ? await readStdin() : undefined;
  const found = piped ? { bytes: piped, more: false } : captureIn(file);
  const capture = found && readCapture(found.bytes);
  if (capture) return { capture: found.more ? shortened(capture) : capture };
  const text = piped ? { text: piped.toString("utf8") } : readText(file, asOutput);
  return "text" in text ? { read: readOutput(text.text) } : { why: text.why };
}

/** Where the bytes end is no damage. */
function shortened(capture: CaptureReading): CaptureReading {
  const problem = `it has more than ${mostOfCapture / 1e6} MB, and ${capture.file.packets} packets stand in the first of them`;
  return { ...capture, file: { ...capture.file, problem } };
}

function textOf(one: Came): string {
  if ("capture" in one) return packetsToText(one.capture);
  return "read" in one ? readToText(one.read) : "";
}

function isNothing(one: Came): boolean {
  return "capture" in one ? one.capture.sections.length === 0 : "read" in one && one.read.seen.length === 0;
}

function nothing(one: Came): string {
  return "capture" in one ? "no packet of a kind that is read here" : "the output of no program that is known here";
}

function isOddIn(one: Came): boolean {
  return "capture" in one ? isOdd(one.capture) : "read" in one && one.read.signs.length > 0;
}
