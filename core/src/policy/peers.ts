/** Clauses about the other end of a flow that several kinds of policy share. */

import {
  type Address,
  contains,
  type Family,
  isMapped,
  type Prefix,
  parseAddress,
  parsePrefix,
  unmapped,
} from "../addresses/address.ts";
import { asText } from "../text/as-text.ts";
import { lookupIn, lookupNamespace, selectorMatches, selectorText } from "./labels.ts";
import {
  type Clause,
  families,
  type PodEndpoint,
  type PolicyEndpoint,
  type PolicyQuestion,
  type PolicySurroundings,
} from "./model.ts";
import { mapping } from "./read.ts";
import { every, not, type Truth, unknownTruth } from "./truth.ts";

/** `default/web`, `a pod of default with app=web`, `2001:db8::1`. */
export function endpointText(endpoint: PolicyEndpoint): string {
  if (endpoint.kind === "address") return endpoint.address;
  if (endpoint.name !== undefined) return `${endpoint.namespace}/${endpoint.name}`;
  const labels = selectorText({ matchLabels: endpoint.labels });
  return `a pod of ${endpoint.namespace}${labels === "" ? "" : ` with ${labels}`}`;
}

/** The labels of a pod's namespace, from the pod itself or from a Namespace object among the objects given. */
export function namespaceLookup(pod: PodEndpoint, surroundings: PolicySurroundings) {
  const found = surroundings.find("Namespace", pod.namespace);
  const labels = pod.namespaceLabels ?? (found && (mapping(found.metadata).labels ?? {}));
  return lookupNamespace(pod.namespace, labels as PodEndpoint["namespaceLabels"]);
}

/**
 * Pods by namespace and labels; `undefined` selectors do not restrict. A pod on the host's network has the node's address, so
 * whether a plugin recognises it is its own business:
 * {@link https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-and-hostnetwork-pods}.
 */
export function podsMatch(
  selectors: { readonly namespaces?: unknown; readonly pods?: unknown; readonly namespace?: string },
  pod: PodEndpoint,
  surroundings: PolicySurroundings,
): Truth {
  return every([
    selectors.namespace === undefined || selectors.namespace === pod.namespace,
    selectors.namespaces === undefined || selectorMatches(selectors.namespaces, namespaceLookup(pod, surroundings)),
    selectors.pods === undefined || selectorMatches(selectors.pods, lookupIn(pod.labels)),
  ]);
}

/** A peer clause that selects pods, never an address outside the cluster. */
export function podClause(
  path: string,
  text: string,
  matches: (pod: PodEndpoint, question: PolicyQuestion) => Truth,
  hostNetwork: "open" | "never" = "open",
  namespace?: string,
): Clause {
  return {
    path,
    text,
    families,
    ...(namespace === undefined ? {} : { namespace }),
    matches(question) {
      const { peer, surroundings } = question;
      if (peer.kind === "address") return false;
      const matched = matches(peer, question);
      if (!peer.hostNetwork || matched === false) return matched;
      // Calico and Cilium know such a pod as a host, never by its labels.
      if (hostNetwork === "never" || surroundings.engine) return false;
      return unknownTruth(
        `${endpointText(peer)} is on the host's network, where Kubernetes leaves open whether selectors recognise it`,
      );
    },
  };
}

/**
 * Whether a prefix, without those excepted, holds the address of an endpoint in the family asked for. `podsToo` is false for Cilium,
 * whose pods are never matched by prefix: {@link https://docs.cilium.io/en/stable/network/kubernetes/policy/}.
 */
export function cidrClause(path: string, cidr: unknown, except: readonly string[], podsToo = true): Clause {
  const prefix = typeof cidr === "string" ? parsePrefix(cidr) : undefined;
  const family = prefix && !isMapped(prefix.address) ? prefix.address.family : undefined;
  const refusal = family ? undefined : `${path} is "${asText(cidr)}", which no API server accepts as a prefix`;
  const hidden = except.length === 0 ? "" : ` except ${except.join(", ")}`;
  const excepted = relevant(except, family);
  const nets = [...(prefix ? [prefix] : []), ...excepted.flatMap((one) => one.prefix ?? [])];
  return {
    path,
    text: `${podsToo ? "" : "outside the cluster "}${asText(cidr)}${hidden}`,
    families: family ? [family] : families,
    nets: nets.filter(({ address }) => address.family === family),
    ...(refusal === undefined ? {} : { doubt: refusal }),
    whole: podsToo && prefix?.length === 0 && excepted.length === 0,
    matches({ peer, family: asked, surroundings }) {
      if (refusal !== undefined) return unknownTruth(refusal);
      if (!prefix || family !== asked) return false;
      if (peer.kind === "pod" && !peer.hostNetwork && !podsToo) return false;
      const inside = inPrefix(prefix, peer, asked);
      const outside = excepted.map(({ text, prefix }) => not(inExcept(text, prefix, peer, asked)));
      const matched = every([inside, ...outside]);
      const doubt = matched === false ? undefined : hostDoubt(peer, surroundings);
      return doubt === undefined ? matched : unknownTruth(doubt);
    },
  };
}

function hostDoubt(peer: PolicyEndpoint, { engine }: PolicySurroundings): string | undefined {
  const text = endpointText(peer);
  if (peer.kind === "address" && (peer.node === undefined || engine !== "cilium")) return undefined;
  if (peer.kind === "pod" && (!peer.hostNetwork || engine === "calico")) return undefined;
  return engine === "cilium"
    ? `${text} is a node, and Cilium matches nodes by prefix only with policy-cidr-match-mode: nodes`
    : `${text} is on the host's network; whether a prefix matches it depends on the network plugin`;
}

/** An except list entry of the other family takes nothing away (and the API server refuses it). */
function relevant(except: readonly string[], family: Family | undefined) {
  return except
    .map((text) => ({ text, prefix: parsePrefix(text) }))
    .filter(({ prefix }) => !prefix || prefix.address.family === family);
}

function inExcept(text: string, prefix: Prefix | undefined, peer: PolicyEndpoint, family: Family): Truth {
  return prefix ? inPrefix(prefix, peer, family) : unknownTruth(`"${text}" in an except list is no prefix`);
}

function inPrefix(prefix: Prefix, peer: PolicyEndpoint, family: Family): Truth {
  if (prefix.length === 0) return prefix.address.family === family;
  const addresses = addressesOf(peer, family);
  if ("unknown" in addresses) return addresses;
  const inside = addresses.map((address) => contains(prefix, address));
  if (new Set(inside).size > 1)
    return unknownTruth(`only some of the addresses of ${endpointText(peer)} are in the prefix`);
  return inside[0] ?? false;
}

/** The addresses of one family, at least one; an IPv4-mapped address travels as IPv4. */
function addressesOf(endpoint: PolicyEndpoint, family: Family): readonly Address[] | { readonly unknown: string } {
  const parsed = parsedOf(endpoint);
  const found = parsed.filter((address) => address.family === family);
  if (found.length > 0) return found;
  const known = parsed.length > 0 ? `has no ${family} address` : "has no known address";
  return unknownTruth(`${endpointText(endpoint)} ${known}`);
}

/** Whether an endpoint has an address of a family at all; unknown for a pod without known addresses. */
export function hasFamily(endpoint: PolicyEndpoint, family: Family): Truth {
  const parsed = parsedOf(endpoint);
  if (parsed.length === 0) return unknownTruth(`${endpointText(endpoint)} has no known address`);
  return parsed.some((address) => address.family === family);
}

/** Each endpoint is asked about by many clauses. */
const parsedBefore = new WeakMap<PolicyEndpoint, readonly Address[]>();

function parsedOf(endpoint: PolicyEndpoint): readonly Address[] {
  const before = parsedBefore.get(endpoint);
  if (before) return before;
  const texts = endpoint.kind === "address" ? [endpoint.address] : endpoint.ips;
  const parsed = texts.flatMap((text) => (typeof text === "string" ? (parseAddress(text) ?? []) : [])).map(unmapped);
  parsedBefore.set(endpoint, parsed);
  return parsed;
}
