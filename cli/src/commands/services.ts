import { readEquality } from "#core/equality/live.ts";
import { described, optionsOf, usageOf } from "#core/operations/operation.ts";
import { equalityToJson, equalityToText } from "#core/report/equality.ts";
import { type CliCommand, type Exit, UsageError } from "../command.ts";
import { withCluster } from "../open-cluster.ts";
import { oneOf, parse } from "../options.ts";
import { terminal } from "../terminal.ts";

export const operation = described({
  name: "services",
  listed: 70,
  summary: "whether both families of a cluster's Services are the same: differences only",
  usage: "[OPTIONS]",
  says: `Holds the families of every dual-stack Service against each other and says what one has and the other has not: addresses, endpoints and why
they are missing, readiness, ports, hints, the load balancer's addresses, source ranges, external addresses, and what policies let in at its pods. With
--from it dials every TCP port at both addresses from that pod, also of up to five pods behind each Service, and closes the connection at once. Only reads otherwise.`,
  inputs: {
    context: { takes: "NAME", says: "a context of the kubeconfig", byDefault: "the current one" },
    kubeconfig: { takes: "FILE", says: "as for kubectl; KUBECONFIG and ~/.kube/config are read without it" },
    namespace: { short: "n", takes: "NAME", says: "the Services of this namespace only" },
    from: { takes: "NAMESPACE/POD", says: "dial from this pod, which runs already; without it nothing is dialled" },
    timeout: { takes: "SECONDS", says: "how long a single request may take", byDefault: "10" },
    format: {
      short: "o",
      takes: ["text", "json"],
      says: "how to print; json is what compare reads",
      byDefault: "text",
    },
  },
  exits: {
    0: "both families are the same",
    1: "something differs",
    2: "wrong usage",
    3: "not all could be read or dialled",
  },
  writes: "nothing",
});

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
