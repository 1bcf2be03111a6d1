import { accessLevels } from "#core/cluster/cluster.ts";
import { roleFor } from "#core/diagnosis/least-role.ts";
import { besides } from "#core/diagnosis/rights.ts";
import { described, optionsOf, usageOf } from "#core/operations/operation.ts";
import { type CliCommand, type Exit, UsageError } from "../command.ts";
import { oneOf, parse } from "../options.ts";
import { terminal } from "../terminal.ts";

export const operation = described({
  name: "rbac",
  listed: 140,
  summary: "the ClusterRole or Role that a diagnosis of a level needs, and no more",
  usage: "--access LEVEL [OPTIONS]",
  says: `Prints the ClusterRole that is enough for a diagnosis of a level, or the Role for one that looks at one namespace alone. Nothing
is asked of a cluster and nothing is created: it is for whoever grants it to read, and to apply.`,
  inputs: {
    access: {
      takes: accessLevels,
      says: "how far a diagnosis is to look; each level has what the ones before it have",
    },
    namespace: { short: "n", takes: "NAME", says: "a Role for this namespace instead of a ClusterRole" },
    fix: { says: "also what kube-ipv6 fix changes once somebody has agreed to it" },
    ring: { says: "also what kube-ipv6 nodes --ring creates and reads in its namespace" },
    capture: { says: "also what kube-ipv6 capture reads and runs; --access says what it may create" },
    tree: { says: "also what the view of a cluster in the editor follows" },
  },
  exits: { 0: "it was printed", 2: "wrong usage" },
  writes: "nothing",
});

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
  const also = besides.filter((one) => values[one] === true);
  terminal.print(`${roleFor(access, namespace, also).join("\n")}\n`);
  return 0;
}
