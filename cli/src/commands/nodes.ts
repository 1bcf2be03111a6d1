import type { KubeObject } from "#core/cluster/cluster.ts";
import { compareNodes } from "#core/nodes/compare.ts";
import { described, optionsOf, usageOf } from "#core/operations/operation.ts";
import { nodesToText } from "#core/report/nodes.ts";
import { nodesToJson, ringToText } from "#core/report/ring.ts";
import { inCommon } from "#core/ring/common.ts";
import { keepOfNode } from "#core/ring/eligible.ts";
import { imageOf } from "../beyond.ts";
import { type CliCommand, type Exit, UsageError } from "../command.ts";
import { withCluster } from "../open-cluster.ts";
import { numberOption, oneOf, parse } from "../options.ts";
import { type RingOutcome, ringOf } from "../ring.ts";
import { terminal } from "../terminal.ts";

export const operation = described({
  name: "nodes",
  listed: 65,
  summary: "which node is unlike the others, and with --ring whether all of them reach each other, per family",
  usage: "[OPTIONS]",
  says: `Holds all nodes against each other by what the API says of them: families of podCIDRs and InternalIPs, conditions, what the network plugin
has annotated, versions, taints, allocatable, labels; and says only what differs. With --ring pods on every node dial pods on others, spread over
zones and kinds of nodes, over each family; where something fails more is dialled until it is known what the failing dials have in common. A
node that is not ready, is cordoned or tainted is not looked at. What is to be created is shown first, and removed at the end.`,
  inputs: {
    context: { takes: "NAME", says: "a context of the kubeconfig", byDefault: "the current one" },
    kubeconfig: { takes: "FILE", says: "as for kubectl; KUBECONFIG and ~/.kube/config are read without it" },
    selector: { short: "l", takes: "LABELS", says: "the nodes with these labels alone, as for kubectl" },
    ring: { says: "dial between nodes; creates a Job, DaemonSets and ConfigMaps, once they were agreed to" },
    partners: { takes: "NUMBER", says: "with how many others each node is dialled", byDefault: "10" },
    namespace: { short: "n", takes: "NAME", says: "where that is created", byDefault: "the context's" },
    image: {
      takes: "IMAGE",
      says: "what it runs from: agnhost, or anything with sh, sleep and a busybox with nc",
      byDefault: "agnhost, pinned by digest",
    },
    tainted: { says: "look at nodes with taints, too: the pods tolerate all of them" },
    within: {
      takes: "SECONDS",
      says: "how long dialling may take; then it ends with what it has",
      byDefault: "180 and one for every three nodes",
    },
    seed: { takes: "NUMBER", says: "draws the same ring again, as an earlier answer says it" },
    yes: { says: "agrees to what --ring would create; without it and without a terminal nothing is done" },
    timeout: { takes: "SECONDS", says: "how long a single request may take", byDefault: "10" },
    format: { short: "o", takes: ["text", "json"], says: "how to print", byDefault: "text" },
  },
  exits: {
    0: "no node is an odd one out, and nothing that was dialled fails",
    1: "some node is, or something fails",
    2: "wrong usage, or nobody to agree to what --ring would create",
    3: "the nodes could not be read, or not all that was to be dialled was",
  },
  writes: "in a cluster what is agreed to, removed at the end",
});

export const command: CliCommand = { usage: usageOf(operation), run };

async function run(args: readonly string[]): Promise<Exit> {
  const { values, positionals } = parse(args, optionsOf(operation));
  if (positionals.length > 0) throw new UsageError(`"${positionals[0]}" is no option`);
  const format = oneOf("format", values.format, ["text", "json"]) ?? "text";
  const ring = {
    partners: numberOption("partners", values.partners, 10, [1, 60]),
    seed: numberOption("seed", values.seed, Math.floor(Math.random() * 2 ** 31), [0, 2 ** 31]),
    image: imageOf(values.image),
    tainted: values.tainted === true,
    chosen: values.selector !== undefined,
    yes: values.yes === true,
  };
  if (values.ring && !ring.yes && !terminal.asks)
    throw new UsageError("--ring creates pods on all nodes, and there is no terminal to ask at: give --yes to agree");
  return withCluster("nodes", values, async ({ cluster, namespace }, signal) => {
    const { selector } = values;
    const listed = await cluster.list(
      { apiVersion: "v1", resource: "nodes" },
      { keep: keepOfNode, signal, ...(selector === undefined ? {} : { labelSelector: selector }) },
    );
    if (!listed.ok) {
      terminal.complain(`kube-ipv6 nodes: ${listed.refusal.message}`);
      return 3;
    }
    const nodes: readonly KubeObject[] = listed.value;
    const comparison = compareNodes(nodes);
    if (format === "text") terminal.print(nodesToText(comparison));
    // Controllers make some twenty pods a second where nobody has told them otherwise.
    const within = numberOption("within", values.within, 180 + Math.ceil(nodes.length / 3), [10, 7200]);
    const into = values.namespace ?? namespace;
    const made: RingOutcome | undefined = values.ring
      ? await ringOf(nodes, values, { ...ring, within, namespace: into })
      : undefined;
    const odd = comparison.differences.some((one) => one.odd);
    const exit = exitOf(odd, made);
    const result = made?.result;
    const next = (index: number) => made?.next[index];
    const common = result ? inCommon(result.findings, nodes) : [];
    if (format === "json")
      terminal.printData(nodesToJson(comparison, result && { ...result, inCommon: common }, next, exit));
    else if (result) terminal.print(`\n${ringToText(result, next, common)}`);
    return exit;
  });
}

function exitOf(odd: boolean, made: RingOutcome | undefined): Exit {
  if (made && made.exit !== 0) return made.exit;
  return odd ? 1 : 0;
}
