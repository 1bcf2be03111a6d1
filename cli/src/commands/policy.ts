import { described, optionsOf, usageOf } from "#core/operations/operation.ts";
import { type Decision, decide, explainDecision, isPolicy } from "#core/policy/policy.ts";
import { sentenceOf } from "#core/report/unjudged.ts";
import { printableJson } from "#core/text/printable.ts";
import { type CliCommand, type Exit, UsageError } from "../command.ts";
import { oneOf, parse } from "../options.ts";
import { objectsOfFiles, policyFlowsOf } from "../policy-flow.ts";
import { runParity } from "../policy-parity.ts";
import { readDocuments } from "../read-documents.ts";
import { terminal } from "../terminal.ts";

export const operation = described({
  name: "policy",
  listed: 40,
  summary: "what network policies allow per family, between two pods or wherever the families differ",
  usage: "(--from POD --to POD|ADDRESS | --parity) [OPTIONS] [PATH...]",
  operands: { name: "paths", says: "files or folders with the policies and the pods or workloads", many: true },
  tool: {
    title: "Policy verdict per family",
    says: "Whether the network policies in manifests allow a connection between two pods or addresses, over IPv4 and over IPv6, and which rule decides. Only what the files say is judged.",
    takes: ["from", "to", "port", "protocol", "family"],
    text: "the text of one or several YAML documents, instead of paths",
    required: ["from", "to"],
  },
  says: `Says what network policies allow, over IPv4 and IPv6, and which rule decides: NetworkPolicy, AdminNetworkPolicy and
ClusterNetworkPolicy, Calico's and Cilium's. Only policies are judged. With --parity it finds every workload, direction, peer and port that
all policies together let through over one family alone, with a witness, the rule and the smallest edit: of the files, or without PATH of the
cluster, of which it reads lists alone.`,
  inputs: {
    parity: { says: "find where the families differ; docs/parity.md says what is compared with what" },
    from: {
      takes: "POD|ADDRESS",
      says: `NAMESPACE/NAME of a Pod or of a workload in the files, or NAMESPACE/key=value[,key=value] for a pod with these labels; without NAMESPACE/ it is "default". Or an address outside the cluster`,
    },
    to: { takes: "POD|ADDRESS", says: "the same" },
    port: { takes: "N", says: "destination port" },
    protocol: { takes: ["TCP", "UDP", "SCTP", "ICMP", "ICMPv6"], says: "which protocol", byDefault: "TCP" },
    family: { takes: ["IPv4", "IPv6"], says: "only this family", byDefault: "both" },
    "fail-on": {
      takes: ["difference", "ipv6-open"],
      says: "with --parity: exit with 1 for any difference, or only where IPv6 is let through and IPv4 is not",
      byDefault: "difference",
    },
    context: {
      takes: "NAME",
      says: "with --parity and without PATH: a context of the kubeconfig",
      byDefault: "the current one",
    },
    kubeconfig: { takes: "FILE", says: "as for kubectl; KUBECONFIG and ~/.kube/config are read without it" },
    namespace: { short: "n", takes: "NAME", says: "with --parity: look at the pods of this namespace only" },
    timeout: { takes: "SECONDS", says: "how long a single request may take", byDefault: "10" },
    format: {
      short: "o",
      takes: ["text", "html", "json", "sarif"],
      says: "how to print; html and sarif with --parity",
      byDefault: "text",
    },
  },
  besides: "What is intended to differ is declared in .kube-ipv6.yaml, under parity.",
  exits: {
    0: "everything asked for is allowed; with --parity, nothing differs but what is intended",
    1: "something is denied or cannot be decided; with --parity, something differs",
    2: "wrong usage",
    3: "not all could be read or decided",
  },
  writes: "nothing",
});

export const command: CliCommand = { usage: usageOf(operation), run };

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = parse(args, optionsOf(operation));
  if (values.parity) return runParity(values, positionals);
  if (values.from === undefined || values.to === undefined) throw new UsageError("--from and --to are needed");
  if (positionals.length === 0) throw new UsageError("which files hold the policies?");
  const format = oneOf("format", values.format, ["text", "json"]) ?? "text";
  const { files, unjudged } = readDocuments(positionals);
  for (const each of unjudged) terminal.complain(`kube-ipv6 policy: ${sentenceOf(each)}`);
  const objects = objectsOfFiles(files);
  const flows = policyFlowsOf(values, objects);
  if (!objects.some(isPolicy))
    terminal.complain("kube-ipv6 policy: there is no policy in these files, so nothing is limited");

  const decisions = flows.map((flow) => decide(objects, flow));
  if (format === "json") terminal.printData(printableJson(`${JSON.stringify(decisions, undefined, 2)}\n`));
  else terminal.print(decisions.map(paragraph).join("\n"));
  if (unjudged.length > 0) return 3;
  return decisions.every(({ ruling }) => ruling === "allowed") ? 0 : 1;
}

function paragraph(decision: Decision): string {
  return `${explainDecision(decision)}\n`;
}
