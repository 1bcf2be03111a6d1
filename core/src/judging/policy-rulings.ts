import type { Family } from "../addresses/address.ts";
import type { Answer, KubeObject } from "../cluster/cluster.ts";
import {
  type Decision,
  decider,
  type PodEndpoint,
  type PolicyEndpoint,
  type PolicyEngine,
  type PolicyRef,
} from "../policy/policy.ts";
import { enforcing, engineOfAgent, kindsFor } from "../policy/served.ts";
import { probe as namespaceProbe } from "../probes/namespace.ts";
import { probe as networkPolicies } from "../probes/network-policies.ts";
import { probe as policiesProbe } from "../probes/policies.ts";
import { type Asking, type Question, question, tryAskAll } from "../probing/probe.ts";
import type { Case } from "./cause.ts";
import { daemonSetNamed } from "./cni-agents.ts";
import { twinOf } from "./compared.ts";
import { failedDials } from "./failures.ts";
import type { Flow, ScenePod } from "./scene.ts";
import { selectsPod } from "./scene.ts";
import type { Symptom } from "./symptom.ts";

/**
 * Chains that a policy engine fills: what they drop a policy should account for. That of kube-router's Services rejects ports that a Service does
 * not have. https://github.com/cloudnativelabs/kube-router/blob/master/pkg/controllers/proxy/network_services_controller.go
 */
export const carriesOutPolicies =
  /^(KUBE-(POD|NWPLCY|NETWORK-POLICIES|ROUTER(?!-SERVICES))|cali-|CILIUM|ANTREA|WEAVE-NPC|AZURE-NPM)/;

export interface Denial {
  /** "NetworkPolicy default/restrict" */
  readonly policy: string;
  /** The same as references. */
  readonly policies: readonly PolicyRef[];
  /** The ruling in a sentence, with the field that decided: "... no rule matches (spec.ingress)". */
  readonly why: string;
  /** What the same policies say about IPv4. */
  readonly ipv4: Decision["ruling"];
  readonly symptoms: readonly string[];
  /** The dial that was judged first. */
  readonly dial: Symptom;
  /** What says that policies are enforced at all: an agent's DaemonSet; undefined if none was seen. */
  readonly engine: string | undefined;
}

export interface PolicyRulings {
  readonly denial?: Denial;
  /** Why it is not known whether a policy denies one of the dials. */
  readonly doubt?: string;
  /** The policies that were read. */
  readonly by: readonly Question[];
}

/**
 * Whether policies deny an IPv6 dial that failed: those of Kubernetes in the namespaces involved, and those of the kinds that
 * the CNI brings.
 */
export function* policyRulings(subject: Case): Asking<PolicyRulings> {
  const failed = failedDials(subject).filter(({ flow }) => flow?.host !== undefined);
  const namespaces = [...new Set(failed.flatMap(({ flow }) => [flow?.from.namespace, flow?.toPod?.namespace]))].filter(
    (name) => name !== undefined,
  );
  const agent = yield* policyAgent();
  const engine = agent === undefined ? undefined : engineOfAgent(agent);
  const own: Question[] = namespaces.map((namespace) => question(networkPolicies, { namespace }));
  const others = kindsFor(engine).map((kind) => question(policiesProbe, kind));
  const answers = yield* tryAskAll<unknown>([
    ...own,
    ...others,
    ...namespaces.map((name) => question(namespaceProbe, { name })),
  ]);
  const objects = answers.flatMap((answer) => (answer.ok ? (answer.value as KubeObject | KubeObject[]) : []));
  const decideFlow = ruler(objects, engine);
  const decided = failed.flatMap((symptom) => {
    const { id, flow } = symptom;
    const decision = flow ? decideFlow(flow, "IPv6") : undefined;
    return flow && decision ? [{ id, flow, decision, symptom }] : [];
  });
  const denied = decided.filter(({ decision }) => decision.ruling === "denied");
  const [first] = denied;
  const hidden =
    answers.slice(0, own.length).find((answer) => !answer.ok) ??
    answers.slice(own.length, own.length + others.length).find(unreadable);
  const open = decided.find(({ decision }) => decision.ruling === "unknown")?.decision;
  const doubt =
    open?.ingress.unknownBecause ??
    open?.egress.unknownBecause ??
    (hidden?.ok === false ? hidden.refusal.message : undefined);
  const by = [...own, ...others].filter((_, index) => answers[index]?.ok);
  if (!first) return doubt === undefined ? { by } : { doubt, by };
  const direction = first.decision.ingress.ruling === "denied" ? first.decision.ingress : first.decision.egress;
  const policies = direction.isolatedBy;
  const path = direction.decidedBy?.path;
  // An address outside has none of the other family; what was dialled beside it, under the same name, may have.
  const alike = first.flow.toPod ? first.flow : twinOf(subject, first.symptom)?.flow;
  const denial: Denial = {
    policy: policies.map(refOf).join(", ") || refOf(direction.decidedBy?.policy),
    policies,
    why: path === undefined || direction.why.includes(path) ? direction.why : `${direction.why} (${path})`,
    engine: agent,
    dial: first.symptom,
    ipv4: (alike && decideFlow(alike, "IPv4")?.ruling) ?? "unknown",
    symptoms: [
      ...denied.map(({ id }) => id),
      ...throughServices(
        subject,
        denied.flatMap(({ flow }) => flow.toPod ?? []),
      ),
    ],
  };
  return { denial, by };
}

/** The DaemonSet that enforces policies, by its name; undefined if none is seen that does. */
function* policyAgent(): Asking<string | undefined> {
  return (yield* daemonSetNamed(enforcing))?.metadata.name;
}

function unreadable(answer: Answer<unknown>): answer is Answer<unknown> & { ok: false } {
  return !answer.ok && answer.refusal.reason !== "unsupported" && answer.refusal.reason !== "not-found";
}

function refOf(policy: PolicyRef | undefined): string {
  return policy ? `${policy.kind} ${policy.namespace ? `${policy.namespace}/` : ""}${policy.name}` : "a policy";
}

/** Dials of a Service end at the pods it selects. */
function throughServices(subject: Case, pods: readonly ScenePod[]): string[] {
  return failedDials(subject)
    .filter(({ flow }) => flow?.service && pods.some((pod) => selectsPod(flow.service?.object ?? pod.object, pod)))
    .map(({ id }) => id);
}

/** Judges flows of the scene; undefined for what no policy is decided on, such as a Service address. */
function ruler(objects: readonly KubeObject[], engine: PolicyEngine | undefined) {
  const judge = decider(objects, engine);
  return (flow: Flow, family: Family): Decision | undefined => {
    const to = endOf(flow, objects);
    if (!to || (to.kind === "address" && family !== flow.family)) return undefined;
    return judge({ from: endpoint(flow.from, objects), to, family, protocol: "TCP", port: flow.port });
  };
}

function endOf({ toPod, scope, host }: Flow, objects: readonly KubeObject[]): PolicyEndpoint | undefined {
  if (toPod) return endpoint(toPod, objects);
  return scope === "outside" && host ? { kind: "address", address: host } : undefined;
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
