import { planMigration } from "#core/migration/live.ts";
import { described, optionsOf, usageOf } from "#core/operations/operation.ts";
import { migrationToCommands, migrationToJson, migrationToMarkdown } from "#core/report/migration.ts";
import { migrationToHtml } from "#core/report/page/migration.ts";
import { type CliCommand, type Exit, UsageError } from "../command.ts";
import { withCluster } from "../open-cluster.ts";
import { oneOf, parse } from "../options.ts";
import { pageParts } from "../page-parts.ts";
import { terminal } from "../terminal.ts";

export const operation = described({
  name: "migrate",
  listed: 90,
  summary: "the ordered plan from one family to two for a cluster or a namespace, as a checklist or as commands",
  usage: "[OPTIONS]",
  says: `Plans the way from IPv4 to both families, or to both with IPv6 first, in the order in which nothing is refused and no client is sent to a place
that does not answer: nodes and ranges, policies, pods, Services, and then looking whether it holds. Each step says why, what it interrupts, what
to watch and how to undo it; what must be left as it is, such as default/kubernetes, stands at the end. It changes nothing itself, and asks what
kube-ipv6 readiness asks.`,
  inputs: {
    context: { takes: "NAME", says: "a context of the kubeconfig", byDefault: "the current one" },
    kubeconfig: { takes: "FILE", says: "as for kubectl; KUBECONFIG and ~/.kube/config are read without it" },
    namespace: { short: "n", takes: "NAME", says: "plan for this namespace only" },
    to: { takes: ["dual", "ipv6-first"], says: "where to", byDefault: "dual" },
    access: { takes: ["api", "exec"], says: "how far it may look, as for readiness", byDefault: "exec" },
    timeout: { takes: "SECONDS", says: "how long a single request may take", byDefault: "10" },
    format: {
      short: "o",
      takes: ["markdown", "html", "commands", "json"],
      says: "a checklist, or the commands alone",
      byDefault: "markdown",
    },
    quiet: { says: "say nothing of the progress" },
  },
  exits: { 0: "there is nothing to do", 1: "there is a plan", 2: "wrong usage", 3: "not all could be read" },
  writes: "nothing",
});

export const command: CliCommand = { usage: usageOf(operation), run };

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = parse(args, optionsOf(operation));
  if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is no option`);
  const format = oneOf("format", values.format, ["markdown", "html", "commands", "json"]) ?? "markdown";
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
    else if (format === "html") terminal.printData(migrationToHtml(migration, cluster.context, unread, pageParts()));
    else terminal.print(format === "commands" ? migrationToCommands(migration) : migrationToMarkdown(migration));
    for (const sentence of unread) terminal.complain(`kube-ipv6 migrate: ${sentence}`);
    return exit;
  });
}
