/**
 * Cluster-wide policies of policy.networking.k8s.io: ClusterNetworkPolicy (v1alpha2 and later) and what it came from,
 * AdminNetworkPolicy and BaselineAdminNetworkPolicy (v1alpha1). Rules are tried in order, the first that matches decides; nothing is
 * isolated. {@link https://network-policy-api.sigs.k8s.io/api-overview/}; the fields and what each means:
 * {@link https://github.com/kubernetes-sigs/network-policy-api/tree/main/apis}.
 */

import type { KubeObject } from "../cluster/cluster.ts";
import { asText } from "../text/as-text.ts";
import { withAction } from "./actions.ts";
import { misshapen, unreadable } from "./doubt.ts";
import { selectorFault, selectorText, selectsEverything } from "./labels.ts";
import {
  type Action,
  type Clause,
  type CompiledPolicy,
  type Direction,
  families,
  type PolicyRule,
  type PolicySection,
  type Tier,
} from "./model.ts";
import { cidrClause, podClause, podsMatch } from "./peers.ts";
import { isMapping, type Json, list, mapping, number, own, string, strings } from "./read.ts";
import { referTo } from "./ref.ts";
import { portClause } from "./traffic.ts";
import { unknownTruth } from "./truth.ts";

/** Calico gives its tiers for them these places: {@link https://docs.tigera.io/calico/latest/network-policy/policy-tiers/tiered-policy}. */
const adminTier: Tier = { name: "Admin", order: 1000, atEnd: "pass", ties: "undefined" };
const baselineTier: Tier = { name: "Baseline", order: 10_000_000, atEnd: "pass", ties: "undefined" };

export function compileClusterNetworkPolicy(policy: KubeObject): CompiledPolicy {
  const spec = mapping(policy.spec);
  const baseline = policy.kind === "BaselineAdminNetworkPolicy" || spec.tier === "Baseline";
  const subject = selectorsOf(mapping(spec.subject));
  return {
    ref: referTo(policy),
    source: policy,
    tier: baseline ? baselineTier : adminTier,
    // A BaselineAdminNetworkPolicy is a singleton and has no priority.
    order: number(spec.priority) ?? 0,
    selects: (pod, surroundings) => (subject ? podsMatch(subject, pod, surroundings) : false),
    selectsHostNetwork: false,
    ...section(spec, "ingress"),
    ...section(spec, "egress"),
  };
}

/** "CNPs with no ingress rules do not affect ingress traffic." */
function section(spec: Json, direction: Direction): Partial<Record<Direction, PolicySection>> {
  const rules = list(spec[direction]);
  if (rules.length === 0) return {};
  const compiled = rules.flatMap((rule, index) => compileRule(rule, `spec.${direction}[${index}]`, direction));
  return { [direction]: { rules: compiled, isolates: false, path: `spec.${direction}` } };
}

const actions: Readonly<Record<string, Action>> = { Accept: "allow", Allow: "allow", Deny: "deny", Pass: "pass" };

function compileRule(written: unknown, path: string, direction: Direction): readonly PolicyRule[] {
  const rule = mapping(written);
  const action = own(actions, asText(rule.action));
  const field = direction === "ingress" ? "from" : "to";
  const peers = list(rule[field]).flatMap((peer, index) =>
    compilePeer(mapping(peer), `${path}.${field}[${index}]`, action),
  );
  const limits = rule.protocols === undefined ? "ports" : "protocols";
  const ports = list(rule[limits]).map((port, index) => compilePort(mapping(port), `${path}.${limits}[${index}]`));
  return withAction(rule.action, actions, {
    path,
    peers,
    traffic: ports.length === 0 ? undefined : ports,
    conditions: misshapen(written, path, [field, limits]),
  });
}

function compilePeer(peer: Json, path: string, action: Action | undefined): readonly Clause[] {
  if (peer.networks !== undefined)
    return strings(peer.networks).map(({ text, index }) => cidrClause(`${path}.networks[${index}]`, text, []));
  const selectors = selectorsOf(peer);
  if (selectors) {
    const fault = [selectors.namespaces, selectors.pods ?? {}].map(selectorFault).find((one) => one !== undefined);
    if (fault !== undefined) return [unreadable(path, "an unreadable selector", `${path}: ${fault}`)];
    const { field, text } = selectors;
    return [
      podClause(`${path}.${field}`, text, (pod, { surroundings }) => podsMatch(selectors, pod, surroundings), "never"),
    ];
  }
  if (peer.nodes !== undefined) return [nodeClause(`${path}.nodes`, peer.nodes)];
  if (peer.domainNames !== undefined) return [domainClause(`${path}.domainNames`, peer.domainNames)];
  // "If an implementation sees no fields are set ... it should fail closed": no match for Accept, everything for Deny and Pass.
  const matches = () => action !== "allow";
  return [{ path, text: "an unknown kind of peer", families: action === "allow" ? [] : families, matches }];
}

function selectorsOf(
  peer: Json,
):
  | { readonly namespaces: unknown; readonly pods?: unknown; readonly field: string; readonly text: string }
  | undefined {
  if (isMapping(peer.namespaces)) {
    const text = selectsEverything(peer.namespaces) ? "every namespace" : `namespaces ${selectorText(peer.namespaces)}`;
    return { namespaces: peer.namespaces, field: "namespaces", text: `all pods of ${text}` };
  }
  if (!isMapping(peer.pods)) return undefined;
  const namespaces = peer.pods.namespaceSelector ?? {};
  const pods = peer.pods.podSelector ?? {};
  const where = selectsEverything(namespaces) ? "every namespace" : `namespaces ${selectorText(namespaces)}`;
  const which = selectsEverything(pods) ? "all pods" : `pods ${selectorText(pods)}`;
  return { namespaces, pods, field: "pods.podSelector", text: `${which} of ${where}` };
}

function nodeClause(path: string, selector: unknown): Clause {
  const which = selectsEverything(selector) ? "every node" : `nodes ${selectorText(selector)}`;
  return {
    path,
    text: which,
    families,
    matches({ peer }) {
      const node = peer.kind === "address" || peer.hostNetwork ? peer.node : undefined;
      if (node === undefined)
        return peer.kind === "pod" && peer.hostNetwork ? unknownTruth("the pod's node is not known") : false;
      return selectsEverything(selector) || unknownTruth(`the labels of node ${node} are not known`);
    },
  };
}

function domainClause(path: string, names: unknown): Clause {
  const text = strings(names)
    .map(({ text: name }) => name)
    .join(", ");
  return {
    path,
    text: `addresses of ${text}`,
    families,
    matches: ({ peer }) =>
      peer.kind === "address" &&
      unknownTruth(`${path} allows by name (${text}); which addresses DNS gave for it is not known`),
  };
}

/** v1alpha2 nests by protocol (`tcp.destinationPort.number`), v1alpha1 by shape (`portNumber`, `portRange`, `namedPort`). */
function compilePort(port: Json, path: string): Clause {
  for (const protocol of ["tcp", "udp", "sctp"] as const) {
    if (port[protocol] === undefined) continue;
    const destination = mapping(mapping(port[protocol]).destinationPort);
    const range = mapping(destination.range);
    const [first, last] = [destination.number ?? range.start, range.end];
    return portClause({ path: `${path}.${protocol}`, protocols: [protocol.toUpperCase()], port: first, endPort: last });
  }
  const named = string(port.destinationNamedPort) ?? string(port.namedPort);
  if (named !== undefined) return portClause({ path, protocols: ["TCP", "UDP", "SCTP"], port: named });
  const [single, range] = [mapping(port.portNumber), mapping(port.portRange)];
  const protocol = string(single.protocol ?? range.protocol) ?? "TCP";
  return portClause({ path, protocols: [protocol], port: single.port ?? range.start ?? null, endPort: range.end });
}
