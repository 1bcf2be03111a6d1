import { yamlOf } from "../cluster/object-yaml.ts";
import type { LeftRun, RunRecord } from "../cluster/workloads.ts";
import { diallers, keeperJob, listeners, planConfigMap, podLimits, podRequests, type Where } from "./bodies.ts";
import type { NodeNotLooked } from "./eligible.ts";
import { ringPort } from "./program.ts";

/** What a person agrees to before a run is begun. */
export interface RingProposal {
  readonly context: string;
  readonly server: string;
  readonly run: RunRecord;
  readonly where: Where;
  readonly partners: number;
  readonly not: readonly NodeNotLooked[];
  /** Why the API server would refuse some of it, by the quotas of the namespace, and what else is to be known. */
  readonly beside: readonly string[];
}

/** What is about to be created, word for word, what it does and for how long: lines of text. */
export function ringWords({ context, server, run, where, partners, not, beside }: RingProposal): string[] {
  const { name, namespace, nodes, image, seconds } = run;
  const owner = { metadata: { name, uid: "(as the server gives it)" } };
  const bodies = [
    ["batch/v1", "jobs", keeperJob(run)],
    ["apps/v1", "daemonsets", listeners(run, owner, where)],
    [
      "v1",
      "configmaps",
      planConfigMap(run, owner, 1, "(a line for each node: its pod, its addresses, whom it dials)\n"),
    ],
    ["apps/v1", "daemonsets", diallers(run, owner, 1, where)],
  ] as const;
  return [
    `To dial between nodes, kube-ipv6 would create in context "${context}" (${server}), namespace ${namespace}:`,
    `  Job ${name}, which all else belongs to: Kubernetes ends it after ${seconds} s and then removes all of it`,
    `  DaemonSet ${name}-listen: a pod on each of ${nodes} nodes that listens on TCP port ${ringPort}`,
    `  DaemonSet ${name}-dial-1 with a ConfigMap: a pod on each of them that dials ${Math.min(partners, nodes - 1)} others, each address twice at most, and nobody else`,
    "  and where something fails at most 4 more of the latter, on the nodes that it is about",
    `from image ${image}, at most ${2 * nodes + 1} pods at once, each with requests ${said(podRequests)} and limits ${said(podLimits)};`,
    'user 65534, no capabilities, a read-only root, no token: Pod Security "restricted".',
    ...(not.length > 0 ? [`No pod gets to ${not.length} nodes: ${shortList(not)}.`] : []),
    ...beside,
    "All of it is removed at the end and on Ctrl-C. It is written down on this machine first; after a crash the next start, or kube-ipv6 left, removes it.",
    "Word for word:",
    ...bodies.flatMap(([version, resource, body]) => [
      "---",
      `# POST ${version === "v1" ? "/api/v1" : `/apis/${version}`}/namespaces/${namespace}/${resource}, DELETE at the end`,
      ...yamlOf(shortened(body)).trimEnd().split("\n"),
    ]),
  ];
}

function said(amounts: Readonly<Record<string, string>>): string {
  return Object.entries(amounts)
    .map(([what, amount]) => `${what} ${amount}`)
    .join(", ");
}

/** The first few by name. */
export function shortList(not: readonly NodeNotLooked[]): string {
  const groups = [...Map.groupBy(not, ({ why }) => why)].map(([why, nodes]) => {
    const names = nodes.slice(0, 5).map(({ node }) => node);
    const rest = nodes.length > names.length ? ` and ${nodes.length - names.length} more` : "";
    return `${names.join(", ")}${rest} (${why})`;
  });
  const most = 10;
  return [...groups.slice(0, most), ...(groups.length > most ? [`${groups.length - most} more reasons`] : [])].join(
    "; ",
  );
}

/** Of a long list of nodes that get no pod the first ones. */
function shortened<T>(body: T): T {
  return JSON.parse(JSON.stringify(body), (key, value: unknown) =>
    (key === "matchFields" || key === "nodeSelectorTerms") && Array.isArray(value) && value.length > 5
      ? [...value.slice(0, 5), `... and ${value.length - 5} more nodes`]
      : value,
  );
}

/** "the Job kube-ipv6-x7k2p9w4qd in namespace default and what belongs to it: ..." */
export function runWords({ name, namespace, nodes }: RunRecord): string {
  return `Job ${name} in namespace ${namespace} and what belongs to it: DaemonSets on ${nodes} nodes, ConfigMaps`;
}

export function leftRunWords({ run, why }: LeftRun): string {
  return `${runWords(run)}: ${why}`;
}
