/** Everything of a cluster that a comparison of the families reads: lists of the API, and nothing else. */
import type { AbortSignalLike, Cluster, KubeObject, Refusal, ResourceType } from "../cluster/cluster.ts";
import { isPolicy } from "../policy/compile.ts";
import type { PolicyEngine } from "../policy/model.ts";
import { enforcing, engineOfAgent, kindsFor } from "../policy/served.ts";

export interface ClusterPolicies {
  readonly objects: readonly KubeObject[];
  readonly engine?: PolicyEngine;
  /** The DaemonSet that enforces policies; undefined if none was seen that does. */
  readonly agent?: string;
  /** What could not be listed, and why. */
  readonly unread: readonly { readonly what: string; readonly refusal: Refusal }[];
}

/** Pods of one namespace are looked at where it is named; the policies are those of the whole cluster. */
export async function readPolicies(
  cluster: Cluster,
  { namespace, signal }: { readonly namespace?: string; readonly signal?: AbortSignalLike } = {},
): Promise<ClusterPolicies> {
  const unread: { what: string; refusal: Refusal }[] = [];
  const list = async (
    type: ResourceType & { kind: string },
    within?: string,
    keep = (object: KubeObject) => object,
  ) => {
    const answer = await cluster.list(type, {
      ...(within === undefined ? {} : { namespace: within }),
      ...(signal ? { signal } : {}),
      keep,
    });
    if (answer.ok)
      return answer.value.map((object): KubeObject => ({ ...object, kind: type.kind, apiVersion: type.apiVersion }));
    if (!["unsupported", "not-found"].includes(answer.refusal.reason))
      unread.push({ what: `${type.resource} (${type.apiVersion})`, refusal: answer.refusal });
    return [];
  };
  const agents = await list({ apiVersion: "apps/v1", resource: "daemonsets", kind: "DaemonSet" }, undefined, bare);
  const agent = agents.map(({ metadata }) => metadata.name).find((name) => enforcing.test(name));
  const engine = agent === undefined ? undefined : engineOfAgent(agent);
  const found = await Promise.all([
    list({ apiVersion: "networking.k8s.io/v1", resource: "networkpolicies", kind: "NetworkPolicy" }, undefined, plain),
    ...kindsFor(engine).map((kind) => list(kind, undefined, plain)),
  ]);
  const policies = found.flat();
  // Without a policy nothing is limited, whoever is there.
  if (!policies.some(isPolicy)) return { objects: [], unread, ...(engine ? { engine } : {}), ...agentOf(agent) };
  const asksAccounts = JSON.stringify(policies.map(({ spec }) => spec)).includes('"serviceAccount');
  const others = await Promise.all([
    list({ apiVersion: "v1", resource: "namespaces", kind: "Namespace" }, undefined, bare),
    list({ apiVersion: "v1", resource: "nodes", kind: "Node" }, undefined, nodeFields),
    list({ apiVersion: "v1", resource: "pods", kind: "Pod" }, namespace, podFields),
    ...(asksAccounts
      ? [list({ apiVersion: "v1", resource: "serviceaccounts", kind: "ServiceAccount" }, undefined, bare)]
      : []),
  ]);
  return { objects: [...policies, ...others.flat()], unread, ...(engine ? { engine } : {}), ...agentOf(agent) };
}

function agentOf(agent: string | undefined) {
  return agent === undefined ? {} : { agent };
}

function bare({ metadata: { name, namespace, labels } }: KubeObject): KubeObject {
  return { metadata: { name, ...(namespace ? { namespace } : {}), ...(labels ? { labels } : {}) } };
}

function plain({ metadata, spec, specs }: KubeObject): KubeObject {
  return { ...bare({ metadata }), spec, ...(specs ? { specs } : {}) };
}

function nodeFields({ metadata, status }: KubeObject): KubeObject {
  return { ...bare({ metadata }), status: { addresses: status?.addresses } };
}

function podFields({ metadata, spec, status }: KubeObject): KubeObject {
  const { ownerReferences } = metadata;
  const { metadata: named } = bare({ metadata });
  const ports = (containers: KubeObject[] | undefined) => containers?.map((container) => ({ ports: container.ports }));
  return {
    metadata: { ...named, ...(ownerReferences ? { ownerReferences } : {}) },
    spec: {
      hostNetwork: spec?.hostNetwork,
      nodeName: spec?.nodeName,
      serviceAccountName: spec?.serviceAccountName,
      containers: ports(spec?.containers),
      initContainers: ports(spec?.initContainers),
    },
    status: { phase: status?.phase, podIP: status?.podIP, podIPs: status?.podIPs },
  };
}
