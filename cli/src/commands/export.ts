import { admissionActions, admissionFormats, admissionPolicies, exportable } from "#core/admission/policies.ts";
import { described, optionsOf, usageOf } from "#core/operations/operation.ts";
import { type CliCommand, type Exit, UsageError } from "../command.ts";
import { oneOf, parse } from "../options.ts";
import { terminal } from "../terminal.ts";

export const operation = described({
  name: "export",
  listed: 150,
  summary: "rules as admission policies, for a cluster to refuse what the linter underlines",
  usage: "--format FORMAT [OPTIONS] [RULE...]",
  operands: { name: "rules", says: "the rules to write, all that can be written without", many: true },
  says: `Writes the rules of severity error that CEL can say as policies, to be read and applied by whoever runs the cluster; nothing is asked
of one. A ValidatingAdmissionPolicy is asked after the API server's own validation, so those that it refuses itself are left out there, and
are in Kyverno's, which judges files and what runs already as well. Both need Kubernetes 1.31 for its functions on addresses.`,
  inputs: {
    format: { short: "o", takes: ["validatingadmissionpolicy", "kyverno"], says: "which policies" },
    action: {
      takes: ["warn", "deny"],
      says: "warn lets everything pass and says so (Warn and Audit, Audit), deny refuses (Deny, Enforce)",
      byDefault: "warn",
    },
  },
  exits: { 0: "they were printed", 2: "wrong usage, or a rule that cannot be written" },
  writes: "nothing",
});

export const command: CliCommand = { usage: usageOf(operation), run };

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = parse(args, optionsOf(operation));
  const format = oneOf("format", values.format, admissionFormats);
  if (format === undefined) throw new UsageError(`--format is needed: ${admissionFormats.join(" or ")}`);
  const action = oneOf("action", values.action, admissionActions) ?? "warn";
  const all = exportable(format);
  const unknown = positionals.find((name) => !all.some(({ rule }) => rule === name));
  if (unknown !== undefined)
    throw new UsageError(`"${unknown}" cannot be written so; there are ${all.map(({ rule }) => rule).join(", ")}`);
  const chosen = positionals.length === 0 ? all : all.filter(({ rule }) => positionals.includes(rule));
  terminal.printData(admissionPolicies(chosen, format, action));
  return 0;
}
