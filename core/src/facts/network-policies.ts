import { bits, type Family, familyOf, parsePrefix } from "../addresses/address.ts";
import { cidrsOf, isolates, policyRules } from "../kinds/network-policy.ts";
import { type PodSelector, podSelector } from "../kinds/pod-selector.ts";
import { fact } from "../lint/fact.ts";
import type { Field } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";
import { labelsOf } from "./selectors.ts";

/** Which pods of its namespace a policy selects, and whether it lets them ask a DNS server. */
export interface DnsPolicy {
  readonly selector: PodSelector;
  readonly allowsDns: boolean;
}

export const dnsPolicies = fact<DnsPolicy>(["NetworkPolicy"], (policy) => ({
  selector: podSelector(policy.get("spec", "podSelector")),
  allowsDns: isolates(policy, "egress") && allowsDns(policy, false),
}));

/** Which pods an ingress policy isolates, and the families of the peers it lets in. */
export interface IngressPolicy {
  readonly selector: Readonly<Record<string, string>>;
  readonly families: readonly Family[];
}

/** Without matchExpressions, which are not compared with a Service's selector. */
export const ingressPolicies = fact<IngressPolicy>(["NetworkPolicy"], (policy) => {
  const selector = selectedLabels(policy);
  if (!selector || !isolates(policy, "ingress")) return undefined;
  return { selector, families: admitted(policy) };
});

/** What the pods that a policy selects have in common, if labels are all it asks for. */
function selectedLabels(policy: Resource): Readonly<Record<string, string>> | undefined {
  const podSelector = policy.get("spec", "podSelector");
  return podSelector?.has("matchExpressions") ? undefined : labelsOf(podSelector?.get("matchLabels"));
}

/**
 * True if some egress rule may let DNS out: it names port 53, or, naming no port, its peers may hold the DNS server.
 * `ipv6`: the DNS Service's address is an IPv6 one. Where it cannot be told, true.
 */
export function allowsDns(policy: Resource, ipv6: boolean): boolean {
  return policyRules(policy).some(({ direction, rule, peers }) => {
    if (direction !== "egress") return false;
    const ports = rule.get("ports")?.items() ?? [];
    if (ports.length > 0) return ports.some((port) => isDnsPort(port) && mayBeUdp(port));
    const list = peers?.items() ?? [];
    return list.length === 0 || list.some((peer) => mayBeDns(peer, ipv6));
  });
}

/**
 * Port 53, a range that holds it, a name that says so, or every port of UDP. OpenShift's DNS pods listen on 5353. A
 * protocol that does not exist is another rule's to report.
 */
export function isDnsPort(port: Field): boolean {
  const value = port.get("port");
  if (!value) return !["TCP", "SCTP"].includes(port.get("protocol")?.text ?? "TCP");
  if (value.type === "template") return true;
  const number = Number(value.text);
  const end = port.get("endPort")?.integer ?? number;
  return /dns/i.test(value.text ?? "") || [53, 5353].some((dns) => number <= dns && dns <= end);
}

/** Resolvers ask over UDP, and TCP is what a port is without a protocol. */
function mayBeUdp(port: Field): boolean {
  const protocol = port.get("protocol");
  return protocol !== undefined && !["TCP", "SCTP"].includes(protocol.text ?? "");
}

function mayBeDns(peer: Field, ipv6: boolean): boolean {
  const cidr = peer.get("ipBlock", "cidr");
  if (cidr) {
    const prefix = parsePrefix(cidr.text ?? "");
    if (!prefix) return true;
    // One address without ports may be a server's that the pods ask: one of the node's, or one outside.
    if (prefix.length === bits(prefix.address.family)) return true;
    return prefix.address.family === "IPv6" ? ipv6 : prefix.length <= 16;
  }
  const namespaces = peer.get("namespaceSelector");
  const named = namespaces?.get("matchLabels", "kubernetes.io/metadata.name")?.text;
  return namespaces !== undefined && (named === undefined || /^kube-system$|dns/.test(named));
}

/** Selectors, and rules without peers, let both in. */
function admitted(policy: Resource): readonly Family[] {
  const lists = policyRules(policy).filter(({ direction }) => direction === "ingress");
  const families = lists.flatMap(({ peers }): readonly Family[] => {
    const items = peers?.items() ?? [];
    if (items.length === 0 || items.some((peer) => !peer.has("ipBlock"))) return ["IPv4", "IPv6"];
    const cidrs = cidrsOf(peers).map((cidr) => familyOf(cidr?.text ?? ""));
    return cidrs.flatMap((family) => family ?? (["IPv4", "IPv6"] as const));
  });
  return [...new Set(families)];
}
