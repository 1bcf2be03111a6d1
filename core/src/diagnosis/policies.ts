import type { Family } from "../address.ts";
import type { Case } from "../cause.ts";
import type { KubeObject } from "../cluster.ts";
import { type Decision, decide, type Endpoint, type PodEndpoint } from "../policy.ts";
import { type Asking, question, tryAskAll } from "../probe.ts";
import { probe as namespaceProbe } from "../probes/namespace.ts";
import { probe as networkPolicies } from "../probes/network-policies.ts";
import { selectsPod } from "./choose.ts";
import type { Flow, ScenePod } from "./scene.ts";
import { failedDials } from "./trouble.ts";

export interface Denial {
  /** "NetworkPolicy default/restrict" */
  readonly policy: string;
  readonly why: string;
  /** What the same policies say about IPv4. */
  readonly ipv4: Decision["ruling"];
  readonly symptoms: readonly string[];
}

/** Whether the policies of the namespaces involved deny an IPv6 dial that failed. */
export function* deniedByPolicy(subject: Case): Asking<Denial | undefined> {
  const failed = failedDials(subject).filter(({ flow }) => flow?.host !== undefined);
  const namespaces = [...new Set(failed.flatMap(({ flow }) => [flow?.from.namespace, flow?.toPod?.namespace]))].filter(
    (name) => name !== undefined,
  );
  const answers = yield* tryAskAll<unknown>([
    ...namespaces.map((namespace) => question(networkPolicies, { namespace })),
    ...namespaces.map((name) => question(namespaceProbe, { name })),
  ]);
  const objects = answers.flatMap((answer) => (answer.ok ? (answer.value as KubeObject | KubeObject[]) : []));
  const denied = failed.flatMap(({ id, flow }) => {
    const decision = flow ? ruling(objects, flow, "IPv6") : undefined;
    return flow && decision?.ruling === "denied" ? [{ id, flow, decision }] : [];
  });
  const [first] = denied;
  if (!first) return undefined;
  const direction = first.decision.ingress.ruling === "denied" ? first.decision.ingress : first.decision.egress;
  const policies = direction.isolatedBy.map(
    ({ kind, namespace, name }) => `${kind} ${namespace ? `${namespace}/` : ""}${name}`,
  );
  return {
    policy: policies.join(", "),
    why: direction.why,
    ipv4: ruling(objects, first.flow, "IPv4")?.ruling ?? "unknown",
    symptoms: [
      ...denied.map(({ id }) => id),
      ...throughServices(
        subject,
        denied.flatMap(({ flow }) => flow.toPod ?? []),
      ),
    ],
  };
}

/** Dials of a Service end at the pods it selects. */
function throughServices(subject: Case, pods: readonly ScenePod[]): string[] {
  return failedDials(subject)
    .filter(({ flow }) => flow?.service && pods.some((pod) => selectsPod(flow.service?.object ?? pod.object, pod)))
    .map(({ id }) => id);
}

function ruling(objects: readonly KubeObject[], flow: Flow, family: Family): Decision | undefined {
  const to: Endpoint | undefined = flow.toPod
    ? endpoint(flow.toPod, objects)
    : flow.scope === "outside" && flow.host
      ? { kind: "address", address: flow.host }
      : undefined;
  if (!to || (to.kind === "address" && family !== flow.family)) return undefined;
  return decide(objects, { from: endpoint(flow.from, objects), to, family, protocol: "TCP", port: flow.port });
}

function endpoint(pod: ScenePod, objects: readonly KubeObject[]): PodEndpoint {
  const namespace = objects.find(({ kind, metadata }) => kind === "Namespace" && metadata.name === pod.namespace);
  return {
    kind: "pod",
    namespace: pod.namespace,
    name: pod.name,
    labels: pod.object.metadata.labels ?? {},
    ...(namespace?.metadata.labels ? { namespaceLabels: namespace.metadata.labels } : {}),
    ips: Object.values(pod.ips),
    hostNetwork: pod.hostNetwork,
    containerPorts: pod.object.spec?.containers?.flatMap(({ ports = [] }: { ports?: [] }) => ports) ?? [],
    node: pod.node,
  };
}
