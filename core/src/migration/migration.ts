/**
 * From one family to two, in the order in which nothing is refused and nobody is sent to a place that does not answer: nodes and ranges, policies, pods,
 * Services, and then looking whether it holds.
 */
import type { KubeObject } from "../cluster/cluster.ts";
import { hasBoth, noSecondFamily } from "../kinds/second-family.ts";
import type { Difference } from "../parity/model.ts";
import { mapping, strings } from "../policy/read.ts";
import { flatten } from "../policy/surroundings.ts";
import type { Assessed } from "../readiness/model.ts";
import { clusterTasks } from "./cluster-tasks.ts";
import { patchService, restart, rollback } from "./commands.ts";
import { firstOf } from "./ipv6-first.ts";
import { policyTasks } from "./policy-tasks.ts";
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
  const first = to === "ipv6-first" ? services.map((service) => ({ service, ...firstOf(service) })) : [];
  const left = first.flatMap(({ service, refused: why }) =>
    why === undefined ? [] : [{ object: nameOf(service), why }],
  );
  const phases: readonly Phase[] = [
    { title: "The cluster serves both families", tasks: clusterTasks(all) },
    { title: "Policies say the same of both, before anybody comes over IPv6", tasks: policyTasks(differences) },
    { title: "Pods have IPv6 addresses and listen on them", tasks: workloads.flatMap(podTasks) },
    { title: "Services get their second address", tasks: turned },
    { title: "IPv6 becomes the first family", tasks: first.flatMap(({ task }) => task ?? []) },
    { title: "See whether it holds", tasks: [verification(namespace)] },
  ];
  return { to, phases: phases.filter(({ tasks }) => tasks.length > 0), refused: [...refused, ...left] };
}

function nameOf({ kind, metadata: { namespace, name } }: KubeObject): string {
  return namespace === undefined ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
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
    why: `The address it has stays the first one, so that connections over it go on; ${why}${balanced}. Undoing it takes the second one away, from whoever uses it by then.`,
    commands: [patchService(namespace, name, { ipFamilyPolicy: "PreferDualStack" })],
    watch: headless
      ? `kubectl -n ${namespace} get endpointslices -l kubernetes.io/service-name=${name}`
      : `kubectl -n ${namespace} get service ${name} -o jsonpath='{.spec.clusterIPs}'`,
    undo: rollback(namespace, name),
  };
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
