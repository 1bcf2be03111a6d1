import { accessLevels } from "#core/cluster/cluster.ts";
import { roleFor } from "#core/diagnosis/least-role.ts";
import { optionsOf, usageOf } from "#core/operations/operation.ts";
import { rbac as operation } from "#core/operations/rbac.ts";
import { type CliCommand, type Exit, UsageError } from "../command.ts";
import { oneOf, parse } from "../options.ts";
import { terminal } from "../terminal.ts";

export const command: CliCommand = { usage: usageOf(operation), run };

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = parse(args, optionsOf(operation));
  if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is no option`);
  const access = oneOf("access", values.access, accessLevels);
  if (access === undefined) throw new UsageError(`--access is needed: ${accessLevels.join(", ")}`);
  const { namespace } = values;
  // https://kubernetes.io/docs/concepts/overview/working-with-objects/names/#dns-label-names
  if (namespace !== undefined && !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(namespace))
    throw new UsageError(`--namespace is the name of a namespace, not "${namespace}"`);
  terminal.print(`${roleFor(access, namespace, values.tree === true).join("\n")}\n`);
  return 0;
}
