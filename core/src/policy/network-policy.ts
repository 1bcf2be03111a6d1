/**
 * NetworkPolicy of networking.k8s.io/v1, as
 * {@link https://kubernetes.io/docs/concepts/services-networking/network-policies/} and the API reference describe it.
 */

import type { KubeObject } from "../cluster/cluster.ts";
import { asText } from "../text/as-text.ts";
import { misshapen, unreadable } from "./doubt.ts";
import { selectorFault, selectorText, selectsEverything } from "./labels.ts";
import type {
  Clause,
  CompiledPolicy,
  Direction,
  PolicyRule,
  PolicySection,
  PolicySurroundings,
  Tier,
} from "./model.ts";
import { cidrClause, podClause, podsMatch } from "./peers.ts";
import { isMapping, list, mapping, strings } from "./read.ts";
import { referTo } from "./ref.ts";
import { portClause } from "./traffic.ts";

/**
 * Calico keeps NetworkPolicies in its tier "default", where its own policies may stand before or behind them:
 * {@link https://docs.tigera.io/calico/latest/network-policy/policy-tiers/tiered-policy}. Without Calico the tier holds nothing
 * else, and a list of allow rules that ends in "deny" is the same as the union that Kubernetes describes.
 */
export const defaultTier: Tier = { name: "default", order: 1_000_000, atEnd: "deny", ties: "by-name" };

/** Where Calico places a NetworkPolicy among its own: libcalico-go/lib/backend/k8s/conversion/conversion.go, "at order 1000.0". */
const orderOfNetworkPolicy = 1000;

export function compileNetworkPolicy(policy: KubeObject, { engine }: PolicySurroundings): CompiledPolicy {
  const spec = mapping(policy.spec);
  const ref = referTo(policy);
  const namespace = ref.namespace ?? "default";
  const types = policyTypes(spec);
  const fault = faultOf(spec.podSelector ?? undefined);
  const scope = { namespace, podsByPrefix: engine !== "cilium" };
  return {
    ref,
    source: policy,
    tier: defaultTier,
    order: orderOfNetworkPolicy,
    // A podSelector that is left out means the same as an empty one: every pod of the namespace.
    selects: (pod, surroundings) => podsMatch({ namespace, pods: spec.podSelector ?? {} }, pod, surroundings),
    ...(fault === undefined ? {} : { refused: `spec.podSelector: ${fault}` }),
    ...(types.includes("Ingress") ? { ingress: section(spec, "ingress", scope) } : {}),
    ...(types.includes("Egress") ? { egress: section(spec, "egress", scope) } : {}),
  };
}

interface Scope {
  readonly namespace: string;
  readonly podsByPrefix: boolean;
}

/** "If this field is not specified, it will default based on the existence of ingress or egress rules": Ingress always. */
function policyTypes(spec: Readonly<Record<string, unknown>>): readonly string[] {
  const given = strings(spec.policyTypes).map(({ text }) => text);
  if (given.length > 0) return given;
  return list(spec.egress).length > 0 ? ["Ingress", "Egress"] : ["Ingress"];
}

function section(spec: Readonly<Record<string, unknown>>, direction: Direction, scope: Scope): PolicySection {
  const rules = list(spec[direction]).map((rule, index) =>
    compileRule(rule, `spec.${direction}[${index}]`, direction, scope),
  );
  const path = spec[direction] !== undefined ? `spec.${direction}` : spec.policyTypes ? "spec.policyTypes" : "spec";
  return { rules, isolates: true, path };
}

function compileRule(written: unknown, path: string, direction: Direction, scope: Scope): PolicyRule {
  const field = direction === "ingress" ? "from" : "to";
  const rule = mapping(written);
  const peers = list(rule[field]);
  const ports = list(rule.ports);
  return {
    action: "allow",
    path,
    // An empty list counts as absent: "If this field is empty or missing, this rule matches all sources".
    peers:
      peers.length === 0
        ? undefined
        : peers.map((peer, index) => compilePeer(mapping(peer), `${path}.${field}[${index}]`, scope)),
    traffic:
      ports.length === 0
        ? undefined
        : ports.map((port, index) => compilePort(mapping(port), `${path}.ports[${index}]`)),
    conditions: misshapen(written, path, [field, "ports"]),
  };
}

function compilePeer(
  peer: Readonly<Record<string, unknown>>,
  path: string,
  { namespace, podsByPrefix }: Scope,
): Clause {
  if (isMapping(peer.ipBlock)) {
    if (peer.podSelector !== undefined || peer.namespaceSelector !== undefined)
      return unreadable(path, "an ipBlock beside a selector", `${path} may not specify both ipBlock and another peer`);
    const except = strings(peer.ipBlock.except).map(({ text }) => text);
    return cidrClause(`${path}.ipBlock.cidr`, peer.ipBlock.cidr, except, podsByPrefix);
  }
  const { podSelector, namespaceSelector } = peer;
  if (podSelector === undefined && namespaceSelector === undefined)
    // The API server refuses a peer without any field; an object that has it was read from a file.
    return { path, text: "nothing (no selector, no ipBlock)", families: [], matches: () => false };
  const selectors =
    namespaceSelector === undefined
      ? { namespace, pods: podSelector }
      : { namespaces: namespaceSelector, ...(podSelector === undefined ? {} : { pods: podSelector }) };
  const field = podSelector === undefined ? "namespaceSelector" : "podSelector";
  const fault = [podSelector, namespaceSelector].map(faultOf).find((one) => one !== undefined);
  if (fault !== undefined) return unreadable(`${path}.${field}`, "an unreadable selector", `${path}: ${fault}`);
  return podClause(
    `${path}.${field}`,
    peerText(podSelector, namespaceSelector, namespace),
    (pod, { surroundings }) => podsMatch(selectors, pod, surroundings),
    "open",
    namespaceSelector === undefined ? namespace : undefined,
  );
}

function faultOf(selector: unknown): string | undefined {
  return selector === undefined ? undefined : selectorFault(selector);
}

function peerText(pods: unknown, namespaces: unknown, namespace: string): string {
  const which = pods === undefined || selectsEverything(pods) ? "all pods" : `pods ${selectorText(pods)}`;
  if (namespaces === undefined) return `${which} of ${namespace}`;
  return selectsEverything(namespaces)
    ? `${which} of every namespace`
    : `${which} of namespaces ${selectorText(namespaces)}`;
}

function compilePort({ protocol = "TCP", port, endPort }: Readonly<Record<string, unknown>>, path: string): Clause {
  if (protocol !== "TCP" && protocol !== "UDP" && protocol !== "SCTP") {
    const because = `${path}.protocol is "${asText(protocol)}", and only TCP, UDP and SCTP are supported`;
    return unreadable(`${path}.protocol`, `protocol ${asText(protocol)}`, because);
  }
  return portClause({ path: `${path}${port === undefined ? "" : ".port"}`, protocols: [protocol], port, endPort });
}
