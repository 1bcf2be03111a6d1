import { admissionActions, admissionFormats, admissionPolicies, exportable } from "#core/admission/policies.ts";
import { exporting as operation } from "#core/operations/export.ts";
import { optionsOf, usageOf } from "#core/operations/operation.ts";
import { type CliCommand, type Exit, UsageError } from "../command.ts";
import { oneOf, parse } from "../options.ts";
import { terminal } from "../terminal.ts";

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
