import type { KubeObject, Refusal, ResourceType } from "#core/cluster/cluster.ts";
import { types, type View } from "./view.ts";

/** A policy with where it was listed; lists leave the kind out of their items, and a policy is recognised by it. */
export interface ListedPolicy {
  readonly type: ResourceType;
  readonly kind: string;
  readonly object: KubeObject;
}

export interface PolicyLists {
  readonly policies: readonly ListedPolicy[];
  /** What could not be listed, and why. A kind that the cluster does not serve has no policies, and is not among them. */
  readonly refused: readonly { readonly resource: string; readonly refusal: Refusal }[];
  /** Some list is still to come. */
  readonly asking: boolean;
}

/** One kind of policy, under each API it may be served by, the one to prefer first. */
interface Source {
  readonly kind: string;
  readonly types: readonly ResourceType[];
}

// Without Calico's API server its objects are only to be had as it stores them.
const calico = (resource: string): readonly ResourceType[] =>
  ["projectcalico.org/v3", "crd.projectcalico.org/v1"].map((apiVersion) => ({ apiVersion, resource }));

const namespaced: readonly Source[] = [
  { kind: "NetworkPolicy", types: [types.networkPolicies] },
  { kind: "NetworkPolicy", types: calico("networkpolicies") },
  { kind: "CiliumNetworkPolicy", types: [{ apiVersion: "cilium.io/v2", resource: "ciliumnetworkpolicies" }] },
];

const sigNetwork = "policy.networking.k8s.io";

const clusterWide: readonly Source[] = [
  {
    kind: "ClusterNetworkPolicy",
    types: [{ apiVersion: `${sigNetwork}/v1alpha2`, resource: "clusternetworkpolicies" }],
  },
  { kind: "AdminNetworkPolicy", types: [{ apiVersion: `${sigNetwork}/v1alpha1`, resource: "adminnetworkpolicies" }] },
  {
    kind: "BaselineAdminNetworkPolicy",
    types: [{ apiVersion: `${sigNetwork}/v1alpha1`, resource: "baselineadminnetworkpolicies" }],
  },
  { kind: "GlobalNetworkPolicy", types: calico("globalnetworkpolicies") },
  {
    kind: "CiliumClusterwideNetworkPolicy",
    types: [{ apiVersion: "cilium.io/v2", resource: "ciliumclusterwidenetworkpolicies" }],
  },
];

/** The policies of a namespace, of every kind that the cluster serves. */
export function policiesIn(view: View, namespace: string): PolicyLists {
  return together(namespaced.map((source) => look(view, source, { namespace })));
}

/** The policies that belong to no namespace. */
export function clusterPolicies(view: View): PolicyLists {
  return together(clusterWide.map((source) => look(view, source)));
}

export function together(lists: readonly PolicyLists[]): PolicyLists {
  return {
    policies: lists.flatMap(({ policies }) => policies),
    refused: lists.flatMap(({ refused }) => refused),
    asking: lists.some(({ asking }) => asking),
  };
}

/** The objects that policies get their meaning from: namespaces have labels, tiers an order. */
export function policyContext(view: View): readonly KubeObject[] {
  const namespaces = view.list(types.namespaces).answer;
  const tiers = look(view, { kind: "Tier", types: calico("tiers") });
  return [
    ...(namespaces?.ok ? namespaces.value.map((object) => ({ ...object, apiVersion: "v1", kind: "Namespace" })) : []),
    ...tiers.policies.map(whole),
  ];
}

/** The object as a manifest would hold it. */
export function whole({ type, kind, object }: ListedPolicy): KubeObject {
  return { ...object, apiVersion: type.apiVersion, kind };
}

function look(
  view: View,
  { kind, types: [type, ...others] }: Source,
  options: { namespace?: string } = {},
): PolicyLists {
  if (type === undefined) return { policies: [], refused: [], asking: false };
  const { answer } = view.list(type, options);
  if (answer === undefined) return { policies: [], refused: [], asking: true };
  if (answer.ok)
    return { policies: answer.value.map((object) => ({ type, kind, object })), refused: [], asking: false };
  if (answer.refusal.reason === "unsupported") return look(view, { kind, types: others }, options);
  return { policies: [], refused: [{ resource: type.resource, refusal: answer.refusal }], asking: false };
}
