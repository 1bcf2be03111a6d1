import type { Family } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { type Allowance, allowanceOf } from "./allowance.ts";
import { compile } from "./compile.ts";
import { judgeQuestion } from "./judge.ts";
import {
  type CompiledPolicy,
  type Direction,
  directions,
  families,
  type PodEndpoint,
  type PolicyEngine,
  type PolicySurroundings,
  type Ruling,
} from "./model.ts";
import { applying } from "./steps.ts";
import { flatten, surround } from "./surroundings.ts";

export interface PolicySummary {
  readonly ingress: Readonly<Record<Family, Allowance>>;
  readonly egress: Readonly<Record<Family, Allowance>>;
  /** Whether a query over UDP reaches the cluster's DNS pods (kube-system, k8s-app=kube-dns), as kubeadm and most others name them. */
  readonly dns: Readonly<Record<Family, Ruling>>;
  /** One line for each direction: `egress: IPv4 anywhere; IPv6 nothing`. */
  readonly lines: readonly string[];
  /** The same policies let IPv4 and IPv6 do different things. */
  readonly asymmetric: boolean;
}

/**
 * What policies allow, per direction and family. Without a pod the policies are taken to select the same one; with a pod those
 * that (may) select it count. Objects that are no policies (Namespaces, Tiers) lend their meaning, as in `decide`.
 */
export function summarizePolicies(
  objects: readonly KubeObject[],
  pod?: PodEndpoint,
  engine?: PolicyEngine,
): PolicySummary {
  const given = flatten(objects);
  const surroundings = surround(given, engine);
  const compiled = compile(given, surroundings);
  const policies = pod ? compiled.filter(({ selects }) => selects(pod, surroundings) !== false) : compiled;
  const ingress = byFamily((family) => allowanceOf(policies, "ingress", family));
  const egress = byFamily((family) => allowanceOf(policies, "egress", family));
  const dns = byFamily((family) => reachesDns(policies, surroundings, family, pod));
  const lines = directions.map((direction) => lineOf(direction, direction === "ingress" ? ingress : egress));
  const asymmetric = [ingress, egress].some(({ IPv4, IPv6 }) => IPv4.kind !== IPv6.kind);
  return { ingress, egress, dns, lines, asymmetric };
}

/** `egress: IPv4 anywhere; IPv6 nothing`, or `egress: anywhere (no policy)`. */
function lineOf(direction: Direction, { IPv4, IPv6 }: Readonly<Record<Family, Allowance>>): string {
  if (!IPv4.limited) return `${direction}: ${IPv4.text}, IPv4 and IPv6 (not limited)`;
  if (IPv4.text === IPv6.text) return `${direction}: IPv4 and IPv6 ${IPv4.text}`;
  return `${direction}: IPv4 ${IPv4.text}; IPv6 ${IPv6.text}`;
}

function reachesDns(
  policies: readonly CompiledPolicy[],
  surroundings: PolicySurroundings,
  family: Family,
  pod: PodEndpoint | undefined,
): Ruling {
  const anyPod: PodEndpoint = { kind: "pod", namespace: policies[0]?.ref.namespace ?? "default", labels: {}, ips: [] };
  const question = {
    direction: "egress",
    subject: pod ?? anyPod,
    peer: clusterDns,
    family,
    protocol: "UDP",
    port: 53,
    surroundings,
  } as const;
  const selecting = policies.map((policy) => (pod ? policy : { ...policy, selects: () => true as const }));
  const { allowed, denied } = judgeQuestion(applying(selecting, question), question);
  return allowed && denied ? "unknown" : allowed ? "allowed" : "denied";
}

const clusterDns: PodEndpoint = {
  kind: "pod",
  namespace: "kube-system",
  name: "coredns",
  labels: { "k8s-app": "kube-dns" },
  ips: [],
  containerPorts: [
    { name: "dns", containerPort: 53, protocol: "UDP" },
    { name: "dns-tcp", containerPort: 53, protocol: "TCP" },
  ],
};

function byFamily<T>(answer: (family: Family) => T): Readonly<Record<Family, T>> {
  const [IPv4, IPv6] = families.map(answer) as [T, T];
  return { IPv4, IPv6 };
}
