import { optionsOf, usageOf } from "#core/operations/operation.ts";
import { policy as operation } from "#core/operations/policy.ts";
import { type Decision, decide, explainDecision, isPolicy } from "#core/policy/policy.ts";
import { sentenceOf } from "#core/report/unjudged.ts";
import { printableJson } from "#core/text/printable.ts";
import { type CliCommand, type Exit, UsageError } from "../command.ts";
import { oneOf, parse } from "../options.ts";
import { objectsOfFiles, policyFlowsOf } from "../policy-flow.ts";
import { readDocuments } from "../read-documents.ts";
import { terminal } from "../terminal.ts";
import { runParity } from "./policy-parity.ts";

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
