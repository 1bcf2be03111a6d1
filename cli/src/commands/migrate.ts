import { planMigration } from "#core/migration/live.ts";
import { migrate as operation } from "#core/operations/migrate.ts";
import { optionsOf, usageOf } from "#core/operations/operation.ts";
import { migrationToCommands, migrationToJson, migrationToMarkdown } from "#core/report/migration.ts";
import { type CliCommand, type Exit, UsageError } from "../command.ts";
import { withCluster } from "../open-cluster.ts";
import { oneOf, parse } from "../options.ts";
import { terminal } from "../terminal.ts";

export const command: CliCommand = { usage: usageOf(operation), run };

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = parse(args, optionsOf(operation));
  if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is no option`);
  const format = oneOf("format", values.format, ["markdown", "commands", "json"]) ?? "markdown";
  const to = oneOf("to", values.to, ["dual", "ipv6-first"]) ?? "dual";
  const exec = (oneOf("access", values.access, ["api", "exec"]) ?? "exec") === "exec";
  return withCluster("migrate", values, async ({ cluster }, signal) => {
    const { migration, unread } = await planMigration(cluster, {
      to,
      exec,
      signal,
      ...(values.namespace === undefined ? {} : { namespace: values.namespace }),
      ...(values.quiet ? {} : { onProgress: (text: string) => terminal.progress(text) }),
    });
    if (!values.quiet) terminal.progress("");
    // The last phase only looks.
    const exit = unread.length > 0 ? 3 : migration.phases.length > 1 ? 1 : 0;
    if (format === "json") terminal.printData(migrationToJson(migration, exit));
    else terminal.print(format === "commands" ? migrationToCommands(migration) : migrationToMarkdown(migration));
    for (const sentence of unread) terminal.complain(`kube-ipv6 migrate: ${sentence}`);
    return exit;
  });
}
