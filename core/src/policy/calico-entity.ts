/**
 * One end of a Calico rule (`source` or `destination`). How selector, namespaceSelector, serviceAccounts and notSelector combine is
 * taken from GetEntityRuleSelector:
 * {@link https://github.com/projectcalico/calico/blob/master/libcalico-go/lib/backend/syncersv1/updateprocessors/rules.go}.
 */
import { type Prefix, parsePrefix } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { parseSelector, type Selector } from "./calico-selector.ts";
import { type Lookup, lookupIn } from "./labels.ts";
import type { PodEndpoint, PolicyEndpoint, PolicyQuestion, PolicySurroundings } from "./model.ts";
import { cidrClause, endpointText, namespaceLookup } from "./peers.ts";
import { type Json, mapping, string, strings } from "./read.ts";
import { every, not, some, type Truth, unknownTruth } from "./truth.ts";

/** What an entity rule selects by labels; undefined if it selects nothing by labels. */
export interface LabelMatch {
  readonly text: string;
  matches(endpoint: PolicyEndpoint, question: PolicyQuestion): Truth;
}

/** The positive selectors of an entity rule; `namespace` is the policy's own, undefined for a global policy. */
export function labelMatch(entity: Json, namespace: string | undefined): LabelMatch | undefined {
  const { selector, namespaceSelector, notSelector } = entity;
  const accounts = mapping(entity.serviceAccounts);
  const names = strings(accounts.names).map(({ text }) => text);
  const byAccount = names.length > 0 || isText(accounts.selector);
  // In a namespaced policy any selector, a notSelector too, limits the rule to the policy's namespace.
  const limited = isText(notSelector) && namespace !== undefined;
  if (!isText(selector) && !isText(namespaceSelector) && !byAccount && !limited) return undefined;
  const place = placeMatch(namespaceSelector, namespace);
  const labels = isText(selector) ? parsedSelector(selector) : () => true;
  return {
    text: labelText(entity, namespace, byAccount ? [...names, string(accounts.selector) ?? ""].filter(Boolean) : []),
    matches: (endpoint, question) => {
      const byLabels = anyHolder(endpoint, question, (holder) => every([place(holder), labels(holder.labels, true)]));
      return every([
        byLabels,
        ...(byAccount ? [accountMatches(accounts, names, endpoint, question.surroundings)] : []),
      ]);
    },
  };
}

function labelText(
  { selector, namespaceSelector }: Json,
  namespace: string | undefined,
  accounts: readonly string[],
): string {
  const where = isText(namespaceSelector) ? `of namespaces ${namespaceSelector}` : namespace && `of ${namespace}`;
  const whose = accounts.length > 0 ? `with service account ${accounts.join(", ")}` : "";
  return ["pods", isText(selector) ? selector : "", where ?? "", whose].filter(Boolean).join(" ");
}

/** `notSelector`: every peer that does not carry these labels. */
export function notSelected(selector: string, endpoint: PolicyEndpoint, question: PolicyQuestion): Truth {
  const select = parsedSelector(selector);
  return not(anyHolder(endpoint, question, ({ labels }) => select(labels, true)));
}

/** Labels of a pod as Calico's selectors see them. */
export function calicoPodLabels(pod: PodEndpoint): Lookup {
  const calico: Readonly<Record<string, string | undefined>> = {
    "projectcalico.org/namespace": pod.namespace,
    "projectcalico.org/orchestrator": "k8s",
  };
  return (key) => {
    if (key === "projectcalico.org/serviceaccount")
      return pod.serviceAccount ?? unknownTruth(`the service account of ${endpointText(pod)} is not known`);
    return calico[key] ?? lookupIn(pod.labels)(key);
  };
}

/** A namespace's labels; Calico adds its name as `projectcalico.org/name`. */
export function calicoNamespace(pod: PodEndpoint, surroundings: PolicySurroundings): Lookup {
  const lookup = namespaceLookup(pod, surroundings);
  return (key) => (key === "projectcalico.org/name" ? pod.namespace : lookup(key));
}

/** A selector that Calico would refuse selects nobody knows what. */
export function parsedSelector(text: string): Selector {
  return parseSelector(text) ?? (() => unknownTruth(`"${text}" is no selector that Calico can read`));
}

export function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** What can carry labels for an address: a pod, or a network set that lists it. */
interface Holder {
  readonly labels: Lookup;
  /** Undefined for a GlobalNetworkSet. */
  readonly namespace: Lookup | undefined;
  readonly namespaceName: string | undefined;
}

function placeMatch(namespaceSelector: unknown, namespace: string | undefined): (holder: Holder) => Truth {
  if (isText(namespaceSelector)) {
    const select = parsedSelector(namespaceSelector);
    return (holder) => select(holder.namespace ?? (() => undefined), holder.namespace !== undefined);
  }
  return (holder) => namespace === undefined || holder.namespaceName === namespace;
}

function anyHolder(endpoint: PolicyEndpoint, question: PolicyQuestion, test: (holder: Holder) => Truth): Truth {
  const { surroundings } = question;
  const sets = [...surroundings.all("NetworkSet"), ...surroundings.all("GlobalNetworkSet")].map((set) =>
    every([test(holderOf(set, surroundings)), listed(set, endpoint, question)]),
  );
  const isHost = endpoint.kind === "address" ? endpoint.node !== undefined : endpoint.hostNetwork === true;
  const host = isHost && surroundings.all("HostEndpoint").length > 0;
  const labels = unknownTruth(
    `${endpointText(endpoint)} is a host, and which labels its HostEndpoint gives it is not looked up`,
  );
  if (endpoint.kind === "address" || endpoint.hostNetwork) return some([...sets, ...(host ? [labels] : [])]);
  const namespace = calicoNamespace(endpoint, surroundings);
  const pod: Holder = { labels: calicoPodLabels(endpoint), namespace, namespaceName: endpoint.namespace };
  return some([test(pod), ...sets]);
}

function holderOf(set: KubeObject, surroundings: PolicySurroundings): Holder {
  const { labels, namespace } = mapping(set.metadata);
  const lookup = lookupIn(mapping(labels) as Record<string, string>);
  if (set.kind === "GlobalNetworkSet") return { labels: lookup, namespace: undefined, namespaceName: undefined };
  const name = string(namespace) ?? "default";
  const place: PodEndpoint = { kind: "pod", namespace: name, labels: {}, ips: [] };
  return { labels: lookup, namespace: calicoNamespace(place, surroundings), namespaceName: name };
}

function listed(set: KubeObject, endpoint: PolicyEndpoint, question: PolicyQuestion): Truth {
  const nets = strings(mapping(set.spec).nets).map(({ text, index }) => {
    return cidrClause(`spec.nets[${index}]`, asPrefix(text), []).matches({ ...question, peer: endpoint });
  });
  return some(nets);
}

/** The prefixes of every network set. */
export function netsOfSets(surroundings: PolicySurroundings): readonly Prefix[] {
  return [...surroundings.all("NetworkSet"), ...surroundings.all("GlobalNetworkSet")].flatMap((set) =>
    strings(mapping(set.spec).nets).flatMap(({ text }) => parsePrefix(asPrefix(text)) ?? []),
  );
}

function asPrefix(text: string): string {
  return text.includes("/") ? text : `${text}/${text.includes(":") ? 128 : 32}`;
}

function accountMatches(
  accounts: Json,
  names: readonly string[],
  endpoint: PolicyEndpoint,
  surroundings: PolicySurroundings,
): Truth {
  if (endpoint.kind === "address" || endpoint.hostNetwork) return false;
  const { serviceAccount, namespace } = endpoint;
  if (serviceAccount === undefined)
    return unknownTruth(`the service account of ${endpointText(endpoint)} is not known`);
  const byName = names.length === 0 || names.includes(serviceAccount);
  if (!isText(accounts.selector)) return byName;
  return every([byName, accountSelected(accounts.selector, serviceAccount, namespace, surroundings)]);
}

/** Whether a ServiceAccount's labels are selected; they are known only if the object is among those given. */
export function accountSelected(
  selector: string,
  name: string,
  namespace: string,
  surroundings: PolicySurroundings,
): Truth {
  const account = surroundings.find("ServiceAccount", name, namespace);
  if (!account) return unknownTruth(`the labels of service account ${namespace}/${name} are not known`);
  return parsedSelector(selector)(lookupIn(mapping(mapping(account.metadata).labels) as Record<string, string>), true);
}
