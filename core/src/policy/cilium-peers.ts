/**
 * Peers of a Cilium rule: {@link https://docs.cilium.io/en/stable/security/policy/layer3/}. How namespaces get into selectors:
 * {@link https://github.com/cilium/cilium/blob/main/pkg/k8s/apis/cilium.io/utils/utils.go}, getEndpointSelector.
 */

import { asText } from "../text/as-text.ts";
import { ciliumEntity } from "./cilium-entity.ts";
import { type Lookup, lookupIn, selectorKeys, selectorMatches, selectorText, selectsEverything } from "./labels.ts";
import {
  type Clause,
  type Direction,
  families,
  type PodEndpoint,
  type PolicyEndpoint,
  type PolicySurroundings,
} from "./model.ts";
import { cidrClause, endpointText, namespaceLookup, podClause } from "./peers.ts";
import { type Json, list, mapping, string, strings } from "./read.ts";
import { every, type Truth, unknownTruth } from "./truth.ts";

export interface CiliumScope {
  /** Undefined for a clusterwide policy. */
  readonly namespace: string | undefined;
  readonly surroundings: PolicySurroundings;
}

/** Undefined if the rule names no peers at all, which is not the same as an empty list of them. */
export function ciliumPeers(
  rule: Json,
  path: string,
  direction: Direction,
  scope: CiliumScope,
): readonly Clause[] | undefined {
  const word = direction === "ingress" ? "from" : "to";
  const fields = Object.keys(rule).filter(
    (field) => field.startsWith(word) && !notPeers.has(field) && rule[field] !== null,
  );
  if (fields.length === 0) return undefined;
  return fields.flatMap((field) =>
    list(rule[field]).flatMap((value, index) =>
      peersOf(field.slice(word.length), value, `${path}.${field}[${index}]`, scope),
    ),
  );
}

const notPeers = new Set(["toPorts", "fromRequires", "toRequires"]);

function peersOf(field: string, value: unknown, path: string, scope: CiliumScope): readonly Clause[] {
  switch (field) {
    case "Endpoints":
      return [endpointClause(value, path, scope)];
    case "CIDR":
      return [cidrClause(path, value, [], false)];
    case "CIDRSet":
      return cidrSet(mapping(value), path, scope);
    case "Entities":
      return [ciliumEntity(asText(value), path)];
    case "FQDNs":
      return [
        outsideOnly(path, fqdnText(mapping(value)), "allows by name, and which addresses DNS gave for it is not known"),
      ];
    case "Nodes":
      return [nodesOnly(path, `nodes ${selectorText(value)}`)];
    default:
      return [{ path, text: field, families, matches: () => unknownTruth(`${path} is not looked up`) }];
  }
}

/** Whether a policy's endpointSelector selects a pod; in a namespaced policy only pods of its namespace. */
export function isCiliumSelected(
  selector: Json,
  namespace: string | undefined,
  pod: PodEndpoint,
  surroundings: PolicySurroundings,
): Truth {
  return every([
    namespace === undefined || namespace === pod.namespace,
    selectorMatches(selector, ciliumLabels(pod, surroundings)),
  ]);
}

function endpointClause(selector: unknown, path: string, { namespace }: CiliumScope): Clause {
  const keys = selectorKeys(selector);
  const reserved = keys.find((key) => key.startsWith("reserved:"));
  if (reserved !== undefined) return { ...ciliumEntity(reserved.slice("reserved:".length), path), path };
  const elsewhere = keys.some((key) =>
    /^(k8s:|any:)?io\.(kubernetes\.pod\.namespace$|cilium\.k8s\.namespace\.labels\.)/.test(key),
  );
  const own = elsewhere ? undefined : namespace;
  const which = selectsEverything(selector) ? "all pods" : `pods ${selectorText(selector)}`;
  const where = own !== undefined ? ` of ${own}` : elsewhere ? "" : " of every namespace";
  return podClause(
    path,
    `${which}${where}`,
    (pod, { surroundings }) =>
      every([own === undefined || own === pod.namespace, selectorMatches(selector, ciliumLabels(pod, surroundings))]),
    "open",
    own,
  );
}

/** A pod's labels as Cilium names them: with or without the source `k8s:` or `any:` in front. */
function ciliumLabels(pod: PodEndpoint, surroundings: PolicySurroundings): Lookup {
  const namespace = namespaceLookup(pod, surroundings);
  return (written) => {
    const key = written.replace(/^(k8s|any)[:.]/, "");
    if (key === "io.kubernetes.pod.namespace") return pod.namespace;
    if (key.startsWith(namespaceLabels)) return namespace(key.slice(namespaceLabels.length));
    if (key === "io.cilium.k8s.policy.serviceaccount")
      return pod.serviceAccount ?? unknownTruth(`the service account of ${endpointText(pod)} is not known`);
    if (key === "io.cilium.k8s.policy.cluster")
      return unknownTruth("the cluster's name in Cilium's configuration is not known");
    return lookupIn(pod.labels)(key);
  };
}

const namespaceLabels = "io.cilium.k8s.namespace.labels.";

function cidrSet(value: Json, path: string, { surroundings }: CiliumScope): readonly Clause[] {
  const except = strings(value.except).map(({ text }) => text);
  if (value.cidr !== undefined) return [cidrClause(`${path}.cidr`, value.cidr, except, false)];
  const groups = surroundings.all("CiliumCIDRGroup").filter(({ metadata }) => {
    const { name, labels } = mapping(metadata);
    if (value.cidrGroupRef !== undefined) return name === value.cidrGroupRef;
    return selectorMatches(value.cidrGroupSelector, lookupIn(mapping(labels) as Record<string, string>)) === true;
  });
  const field = value.cidrGroupRef === undefined ? "cidrGroupSelector" : "cidrGroupRef";
  const name = string(value.cidrGroupRef) ?? selectorText(value.cidrGroupSelector);
  if (groups.length === 0)
    return [outsideOnly(`${path}.${field}`, `CIDR group ${name}`, "names a CiliumCIDRGroup that was not given")];
  return groups.flatMap((group) =>
    strings(mapping(group.spec).externalCIDRs).map(({ text }) => ({
      ...cidrClause(`${path}.${field}`, text, except, false),
      text: `${text} (CIDR group ${name})`,
    })),
  );
}

function fqdnText({ matchName, matchPattern }: Json): string {
  return `addresses of ${string(matchName) ?? string(matchPattern) ?? "a name"}`;
}

/** Cilium gives pods and nodes an identity of their own, so that names and groups of prefixes never stand for them. */
function outsideOnly(path: string, text: string, because: string): Clause {
  return {
    path,
    text,
    families,
    matches: ({ peer }) => !isNode(peer) && peer.kind === "address" && unknownTruth(`${path} ${because}`),
  };
}

function nodesOnly(path: string, text: string): Clause {
  return {
    path,
    text,
    families,
    matches: ({ peer }) => isNode(peer) && unknownTruth(`${path}: the labels of nodes are not known`),
  };
}

function isNode(peer: PolicyEndpoint): boolean {
  return peer.kind === "address" ? peer.node !== undefined : peer.hostNetwork === true;
}
