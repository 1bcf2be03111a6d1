import type { KubeObject } from "#core/cluster/cluster.ts";
import { podEndpoint, policiesFor, summarizePolicies } from "#core/policy/policy.ts";
import { markdown, paragraphs } from "#core/text/markdown.ts";
import { l10n } from "../l10n.ts";
import { arranged } from "./arrange.ts";
import { asking } from "./list.ts";
import {
  clusterPolicies,
  type ListedPolicy,
  type PolicyLists,
  policiesIn,
  policyContext,
  together,
  whole,
} from "./policy-lists.ts";
import { refusalRow } from "./refusal.ts";
import { note, type Row, refTo } from "./row.ts";
import { types, type View } from "./view.ts";

/** The policies of a namespace, Kubernetes' own and those of the network plugin, and what each allows per family. */
export function policiesRow(id: string, namespace: string, view: View): Row {
  const own = `${id}/policies`;
  return note(own, "NetworkPolicies", {
    icon: "shield",
    description: view.count(types.networkPolicies, { namespace }),
    children: () => listed(own, policiesIn(view, namespace), view),
  });
}

/** The policies that hold for all namespaces; no row where there are none, as in most clusters. */
export function clusterPoliciesRow(id: string, view: View): readonly Row[] {
  const own = `${id}/policies`;
  const lists = clusterPolicies(view);
  if (lists.policies.length === 0) return [];
  const description = String(lists.policies.length);
  return [
    note(own, l10n`Cluster-wide policies`, { icon: "shield", description, children: () => listed(own, lists, view) }),
  ];
}

/** What all policies that select a pod allow together, per family. */
export function podPoliciesRow(id: string, pod: KubeObject, view: View): Row {
  const own = `${id}/policies`;
  const lists = together([policiesIn(view, pod.metadata.namespace ?? "default"), clusterPolicies(view)]);
  const endpoint = podEndpoint({ ...pod, apiVersion: "v1", kind: "Pod" });
  if (lists.asking || endpoint === undefined) return asking(own);
  const context = policyContext(view);
  const selecting = policiesFor([...lists.policies.map(whole), ...context], endpoint);
  const { lines, asymmetric } = summarizePolicies([...selecting, ...context], endpoint);
  const names = selecting.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  const unseen = unseenRow(own, lists);
  return {
    id: own,
    label: l10n`Policies`,
    description: selecting.length === 0 ? l10n`none selects it` : names.join(", "),
    icon: asymmetric ? "warning" : "shield",
    ...(asymmetric ? { tone: "warning" as const } : {}),
    tooltip: [l10n`What the policies that select it allow together:`, ...lines, ...names].join("\n\n"),
    expanded: asymmetric,
    children: () => [...lines.map((line) => note(`${own}/${line}`, line, { icon: "info", tooltip: line })), ...unseen],
  };
}

/** A user who may not list a kind is not told whether the cluster has it at all. */
function unseenRow(id: string, { refused }: PolicyLists): readonly Row[] {
  if (refused.length === 0) return [];
  const label = l10n`Not looked at: ${refused.map(({ resource }) => resource).join(", ")}`;
  return [
    note(`${id}/unseen`, label, {
      icon: "question",
      tooltip: refused.map(({ refusal }) => refusal.message).join("\n\n"),
    }),
  ];
}

function listed(id: string, lists: PolicyLists, view: View): readonly Row[] {
  const context = policyContext(view);
  const rows = lists.policies.map((policy) => policyRow(id, policy, context));
  const own = lists.refused.find(({ resource }) => resource === types.networkPolicies.resource);
  const refused = own === undefined ? unseenRow(id, lists) : [refusalRow(id, own.refusal)];
  const all = [...arranged(id, rows, view), ...refused];
  if (all.length > 0) return all;
  return lists.asking
    ? [asking(id)]
    : [note(`${id}/none`, l10n`No NetworkPolicies limit this namespace`, { icon: "info" })];
}

function policyRow(id: string, policy: ListedPolicy, context: readonly KubeObject[]): Row {
  const { type, kind, object } = policy;
  const { name } = object.metadata;
  const own = `${id}/${type.apiVersion}/${kind}/${name}`;
  const { lines, asymmetric } = summarizePolicies([whole(policy), ...context]);
  const what = type.apiVersion === types.networkPolicies.apiVersion ? [] : [kindText(policy)];
  return {
    id: own,
    label: name,
    description: [...what, ...(asymmetric ? [l10n`IPv4 and IPv6 differ`] : [])].join(", "),
    icon: asymmetric ? "warning" : "shield",
    ...(asymmetric ? { tone: "warning" as const } : {}),
    tooltip: paragraphs([markdown`**${name}** ${l10n`taken alone`}`, ...lines]),
    menu: "object",
    object: refTo(type, kind, object),
    children: () => lines.map((line) => note(`${own}/${line}`, line, { icon: "info", tooltip: line })),
  };
}

/** Calico has a NetworkPolicy of its own. */
function kindText({ type, kind }: ListedPolicy): string {
  return type.apiVersion.includes("projectcalico.org") ? l10n`Calico ${kind}` : kind;
}
