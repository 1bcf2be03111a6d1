import { type Family, formatAddress, parseAddress } from "#core/addresses/address.ts";
import type { KubeObject } from "#core/cluster/cluster.ts";
import type { Resource } from "#core/manifest/resource.ts";
import { optionsOf, usageOf } from "#core/operations/operation.ts";
import { policy as operation } from "#core/operations/policy.ts";
import { podsOf } from "#core/policy/pods-of.ts";
import { type Decision, decide, type Endpoint, explain, isPolicy, type Protocol } from "#core/policy/policy.ts";
import { sentenceOf } from "#core/report/unjudged.ts";
import { printableJson } from "#core/text/printable.ts";
import { type Command, type Exit, UsageError } from "../command.ts";
import { oneOf, parse } from "../options.ts";
import { readDocuments } from "../read-documents.ts";
import { terminal } from "../terminal.ts";

export const command: Command = { usage: usageOf(operation), run };

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = parse(args, optionsOf(operation));
  if (values.from === undefined || values.to === undefined) throw new UsageError("--from and --to are needed");
  if (positionals.length === 0) throw new UsageError("which files hold the policies?");
  const format = oneOf("format", values.format, ["text", "json"]) ?? "text";
  const protocol = oneOf("protocol", values.protocol, ["TCP", "UDP", "SCTP", "ICMP", "ICMPv6"]) ?? "TCP";
  const asked = oneOf("family", values.family, ["IPv4", "IPv6"]);
  const port = portOption(values.port);
  const { resources, failed } = read(positionals);
  const objects = resources.map((resource) => resource.toJSON() as KubeObject);
  const from = endpoint("--from", values.from, objects);
  const to = endpoint("--to", values.to, objects);
  if (!objects.some(isPolicy))
    terminal.complain("kube-ipv6 policy: there is no policy in these files, so nothing is limited");

  const flow = { from, to, protocol, ...(port === undefined ? {} : { port }) };
  const decisions = familiesOf(from, to, protocol, asked).map((family) => decide(objects, { ...flow, family }));
  if (format === "json") terminal.printData(printableJson(`${JSON.stringify(decisions, undefined, 2)}\n`));
  else terminal.print(decisions.map(paragraph).join("\n"));
  if (failed) return 3;
  return decisions.every(({ ruling }) => ruling === "allowed") ? 0 : 1;
}

function paragraph(decision: Decision): string {
  return `${explain(decision)}\n`;
}

function portOption(value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const port = /^\d{1,5}$/.test(value) ? Number(value) : 0;
  if (port < 1 || port > 65535) throw new UsageError(`--port is a number from 1 to 65535, not "${value}"`);
  return port;
}

function read(paths: readonly string[]): { resources: Resource[]; failed: boolean } {
  const { files, unjudged } = readDocuments(paths);
  const resources = files.flatMap(({ documents }) => documents.flatMap((document) => document.resources));
  for (const each of unjudged) terminal.complain(`kube-ipv6 policy: ${sentenceOf(each)}`);
  return {
    resources: resources.filter(({ embedded, name }) => !embedded && name !== undefined),
    failed: unjudged.length > 0,
  };
}

function endpoint(option: string, text: string, objects: readonly KubeObject[]): Endpoint {
  const address = parseAddress(text.replace(/^\[(.*)\]$/, "$1"));
  if (address) return { kind: "address", address: formatAddress(address) };
  const slash = text.indexOf("/");
  const namespace = slash < 0 ? "default" : text.slice(0, slash);
  const rest = text.slice(slash + 1);
  if (rest.includes("=")) return { kind: "pod", namespace, labels: labels(option, rest), ips: [] };
  const pods = podsOf(objects);
  const pod = pods.find((candidate) => candidate.name === rest && candidate.namespace === namespace);
  if (pod) return pod;
  const known = pods.map((candidate) => `${candidate.namespace}/${candidate.name}`);
  throw new UsageError(
    `${option}: there is no pod or workload "${namespace}/${rest}" in the files${known.length > 0 ? `; there are ${known.join(", ")}` : ""}`,
  );
}

function labels(option: string, text: string): Record<string, string> {
  return Object.fromEntries(
    text.split(",").map((pair) => {
      const [key, value, more] = pair.split("=");
      if (!key || value === undefined || more !== undefined)
        throw new UsageError(`${option}: "${pair}" is not key=value`);
      return [key, value];
    }),
  );
}

/** An address has one family, and ICMP and ICMPv6 belong to one each. */
function familiesOf(from: Endpoint, to: Endpoint, protocol: Protocol, asked: Family | undefined): Family[] {
  const possible = (["IPv4", "IPv6"] as const).filter(
    (family) =>
      [from, to].every((end) => end.kind === "pod" || parseAddress(end.address)?.family === family) &&
      (protocol === "ICMP" ? family === "IPv4" : protocol === "ICMPv6" ? family === "IPv6" : true),
  );
  const chosen = possible.filter((family) => asked === undefined || family === asked);
  if (chosen.length === 0) throw new UsageError("the addresses, the protocol and --family have no family in common");
  return chosen;
}
