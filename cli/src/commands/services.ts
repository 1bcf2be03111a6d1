import { readEquality } from "#core/equality/live.ts";
import { optionsOf, usageOf } from "#core/operations/operation.ts";
import { services as operation } from "#core/operations/services.ts";
import { equalityToJson, equalityToText } from "#core/report/equality.ts";
import { type CliCommand, type Exit, UsageError } from "../command.ts";
import { withCluster } from "../open-cluster.ts";
import { oneOf, parse } from "../options.ts";
import { terminal } from "../terminal.ts";

export const command: CliCommand = { usage: usageOf(operation), run };

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = parse(args, optionsOf(operation));
  if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is no option`);
  const format = oneOf("format", values.format, ["text", "json"]) ?? "text";
  const { from, namespace } = values;
  if (from !== undefined && !/^[^/]+\/[^/]+$/.test(from))
    throw new UsageError(`--from is NAMESPACE/POD, not "${from}"`);
  return withCluster("services", values, async ({ cluster }, signal) => {
    const scope = { ...(namespace === undefined ? {} : { namespace }), ...(from === undefined ? {} : { from }) };
    const equality = await readEquality(cluster, { ...scope, signal });
    const differs = equality.services.some(({ differences }) => differences.length > 0);
    const exit = equality.unread.length > 0 ? 3 : differs ? 1 : 0;
    if (format === "json") terminal.printData(equalityToJson(equality, exit));
    else terminal.print(equalityToText(equality));
    for (const sentence of equality.unread) terminal.complain(`kube-ipv6 services: ${sentence}`);
    return exit;
  });
}
