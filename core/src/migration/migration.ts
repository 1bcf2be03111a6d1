/**
 * From one family to two, in the order in which nothing is refused and nobody is sent to a place that does not answer: nodes and ranges, policies, pods,
 * Services, and then looking whether it holds.
 */
import type { KubeObject } from "../cluster/cluster.ts";
import { hasBoth, noSecondFamily } from "../kinds/second-family.ts";
import type { Difference } from "../parity/model.ts";
import { mapping, strings } from "../policy/read.ts";
import { refText } from "../policy/ref.ts";
import { flatten } from "../policy/surroundings.ts";
import type { Assessed } from "../readiness/model.ts";
import { clusterTasks } from "./cluster-tasks.ts";
import { patchService, restart, rollback } from "./commands.ts";
import { someNames, type Task } from "./task.ts";

export interface Phase {
  readonly title: string;
  readonly tasks: readonly Task[];
}

export interface Migration {
  readonly to: Goal;
  readonly phases: readonly Phase[];
  /** What must not be tried, and what the server or the clients would say. */
  readonly refused: readonly { readonly object: string; readonly why: string }[];
}

export type Goal = "dual" | "ipv6-first";

export interface MigrationBasis {
  readonly objects: readonly KubeObject[];
  readonly differences: readonly Difference[];
  readonly workloads: readonly Assessed[];
  readonly namespace?: string;
}

export function migrationOf({ objects, differences, workloads, namespace }: MigrationBasis, to: Goal): Migration {
  const all = flatten(objects);
  const services = all.filter(
    ({ kind, metadata }) => kind === "Service" && (namespace === undefined || metadata.namespace === namespace),
  );
  const sorted = services.map((service) => ({ service, verdict: verdictOf(service, workloads, all) }));
  const refused = sorted.flatMap(({ service, verdict }) =>
    "refused" in verdict ? [{ object: nameOf(service), why: verdict.refused }] : [],
  );
  const turned = sorted.flatMap(({ service, verdict }) => ("task" in verdict ? [toDual(service, verdict.task)] : []));
  const first = to === "ipv6-first" ? services.flatMap(toFirst) : [];
  const phases: readonly Phase[] = [
    { title: "The cluster serves both families", tasks: clusterTasks(all) },
    { title: "Policies say the same of both, before anybody comes over IPv6", tasks: differences.map(policyTask) },
    { title: "Pods have IPv6 addresses and listen on them", tasks: workloads.flatMap(podTasks) },
    { title: "Services get their second address", tasks: turned },
    ...(first.length > 0 ? [{ title: "IPv6 becomes the first family", tasks: first }] : []),
    { title: "It holds", tasks: [verification(namespace)] },
  ];
  return { to, phases: phases.filter(({ tasks }) => tasks.length > 0), refused };
}

function nameOf({ kind, metadata: { namespace, name } }: KubeObject): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

function policyTask({ divergence, open, direction, edit, instances }: Difference): Task {
  const policy = refText(divergence.policy);
  const peers = [...new Set(instances.map(({ peer }) => peer.text))];
  const change = edit
    ? `${edit.says}: ${edit.path}: ${edit.values.map((value) => JSON.stringify(value)).join(", ")}`
    : "name what stands for it in the other family";
  return {
    title: `${policy}: ${change}`,
    why: `${divergence.path} (${divergence.text}) lets ${open} alone through, ${direction}, ${someNames(peers)}. Clients prefer IPv6 as soon as a name has it.`,
    commands: [],
    watch: "kube-ipv6 policy --parity",
  };
}

function podTasks({ workload, steps, blocks }: Assessed): readonly Task[] {
  const [kind = "", path = ""] = workload.split(" ");
  const listens = blocks.filter(({ kind: what }) => what === "listens-ipv4");
  const changes = listens.map(
    ({ what, where }): Task => ({
      title: `${workload}: listen on [::]`,
      why: `${what}; behind a Service of both families its clients would be refused over IPv6.`,
      commands: [],
      interrupts: "the pods are made anew with the change",
      watch: `change ${where}`,
    }),
  );
  if (steps.assigned.is !== "no") return changes;
  const command = restart(kind, path);
  return [
    ...changes,
    {
      title: `${workload}: make its pods anew`,
      why: `${steps.assigned.why}: a pod gets its addresses once, when it is made.`,
      commands: command ? [command] : [],
      interrupts: command
        ? "connections to each pod end when it is replaced, one pod after the other as its strategy says"
        : "it has no controller: whoever made it has to make it again",
    },
  ];
}

type Verdict = { readonly refused: string } | { readonly task: string } | { readonly done: true };

/** What a Service would get, and whether somebody would answer there. */
function verdictOf(service: KubeObject, workloads: readonly Assessed[], all: readonly KubeObject[]): Verdict {
  const refused = noSecondFamily(service);
  if (refused !== undefined) return { refused };
  if (hasBoth(service)) return { done: true };
  const { metadata, spec } = service;
  const selector = mapping(mapping(spec).selector);
  const behind = new Set(
    all
      .filter(
        (object) =>
          object.kind === "Pod" && object.metadata.namespace === metadata.namespace && selects(selector, object),
      )
      .map(({ metadata: { name } }) => `${metadata.namespace}/${name}`),
  );
  const deaf = workloads.filter(
    ({ seen, steps }) =>
      seen !== undefined && behind.has(seen) && (steps.listening.is === "no" || steps.assigned.is === "no"),
  );
  if (deaf.length > 0)
    return { task: `after ${someNames(deaf.map(({ workload }) => workload))} answers over IPv6, and not before` };
  return { task: "its pods answer over IPv6, or have nothing that says otherwise" };
}

function selects(selector: Readonly<Record<string, unknown>>, { metadata }: KubeObject): boolean {
  return Object.entries(selector).every(([key, value]) => metadata.labels?.[key] === value);
}

function toDual(service: KubeObject, why: string): Task {
  const { namespace = "default", name } = service.metadata;
  const headless = strings(mapping(service.spec).clusterIPs)[0]?.text === "None";
  const balanced =
    mapping(service.spec).type === "LoadBalancer" ? "; whether its load balancer follows is up to the provider" : "";
  return {
    title: `${nameOf(service)}: both families`,
    why: `The address it has stays the first one, so that connections over it go on; ${why}${balanced}.`,
    commands: [patchService(namespace, name, { ipFamilyPolicy: "PreferDualStack" })],
    watch: headless
      ? `kubectl -n ${namespace} get endpointslices -l kubernetes.io/service-name=${name}`
      : `kubectl -n ${namespace} get service ${name} -o jsonpath='{.spec.clusterIPs}'`,
    undo: rollback(namespace, name),
  };
}

/** The first family is for ever: a Service has to be made anew. */
function toFirst(service: KubeObject): readonly Task[] {
  const families = strings(mapping(service.spec).ipFamilies).map(({ text }) => text);
  const isOwn = service.metadata.namespace === "default" && service.metadata.name === "kubernetes";
  if (isOwn || families[0] !== "IPv4" || mapping(service.spec).type === "ExternalName") return [];
  return [
    {
      title: `${nameOf(service)}: make it anew with ipFamilies: [IPv6, IPv4]`,
      why: "ipFamilies[0] and clusterIPs[0] may not be changed. Programs that ask a name get both addresses in either order, so that only those need it that read clusterIP or status.podIP.",
      commands: [],
      interrupts:
        "its IPv4 address is given back and another one taken: connections to it end, and whoever kept the address fails until it asks the name again",
    },
  ];
}

function verification(namespace: string | undefined): Task {
  const of = namespace === undefined ? [] : ["-n", namespace];
  return {
    title: "Ask again",
    why: "What was planned is not what is: each of these ends with 0, or says what is left.",
    commands: [
      ["kube-ipv6", "policy", "--parity", ...of],
      ["kube-ipv6", "services", ...of],
      ["kube-ipv6", "readiness", ...of],
      ["kube-ipv6", "diagnose", ...of],
    ],
  };
}
