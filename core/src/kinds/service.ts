import { type Family, familyInGo, otherFamily } from "../addresses/address.ts";
import type { Shape } from "../addresses/shape.ts";
import type { Field } from "../manifest/field.ts";
import type { Resource } from "../manifest/resource.ts";

/** The fields of a Service that families are about. */
export interface ServiceFields {
  readonly families: readonly Field[];
  readonly policy: Field | undefined;
  /** `clusterIPs`, or `clusterIP` alone; without empty strings. */
  readonly clusterIPs: readonly Field[];
  /** "ClusterIP" when left out; undefined if it comes from a template. */
  readonly type: string | undefined;
  /** clusterIP and the first of clusterIPs do not contradict each other. */
  readonly agrees: boolean;
  /** clusterIP is None. */
  readonly headless: boolean;
  /** undefined if a template may bring one. */
  readonly selector: boolean | undefined;
}

export function serviceFields(service: Resource): ServiceFields {
  return service.once(serviceFields, () => read(service));
}

function read(service: Resource): ServiceFields {
  const spec = service.get("spec");
  const selector = spec?.get("selector");
  const policy = spec?.get("ipFamilyPolicy");
  const list = spec?.get("clusterIPs")?.items() ?? [];
  const single = spec?.get("clusterIP");
  const clusterIPs = (list.length > 0 ? list : single ? [single] : []).filter(({ text }) => text !== "");
  return {
    families: spec?.get("ipFamilies")?.items() ?? [],
    policy: isUnset(policy) ? undefined : policy,
    clusterIPs: clusterIPs.filter(({ type }) => type !== "null"),
    agrees:
      list.length === 0 || (single ? single.text === undefined || single.text === list[0]?.text : service.partial),
    type: service.lacks("spec", "type") ? "ClusterIP" : spec?.get("type")?.text,
    headless: single?.text === "None" || list[0]?.text === "None",
    selector: hasEntries(selector, service.partial),
  };
}

/** A null is an absent field, except where a template may write something in its place. */
function isUnset(field: Field | undefined): boolean {
  return field?.type === "null" && !field.resource.partial;
}

/** undefined if a template may bring some. */
function hasEntries(map: Field | undefined, partial: boolean): boolean | undefined {
  if (!map || map.type === "null") return partial ? undefined : false;
  return map.type !== "map" || map.entries().length > 0;
}

/**
 * Headless and certainly without selector: the API server lets these have both families on every cluster
 * ({@link https://github.com/kubernetes/kubernetes/blob/master/pkg/registry/core/service/storage/alloc.go}).
 */
export function isHeadlessSelectorless({ headless, selector }: ServiceFields): boolean {
  return headless && selector !== true;
}

/** The families that the manifest itself names, by ipFamilies or else by the cluster IPs. */
export function namedFamilies({ families, clusterIPs }: ServiceFields): readonly (Family | undefined)[] {
  const named = families.length >= clusterIPs.length ? families.map(({ text }) => asFamily(text)) : undefined;
  return named ?? clusterIPs.map(({ text }) => familyInGo(text ?? ""));
}

/** The families that the Service will have; undefined if that depends on a cluster that is not known. */
export function serviceFamiliesOf(fields: ServiceFields, cluster: Shape): readonly Family[] | undefined {
  const named = namedFamilies(fields).filter((family) => family !== undefined);
  if (named.length > 1) return named;
  const policy = fields.policy ? fields.policy.text : "SingleStack";
  if (policy === "RequireDualStack") return ["IPv4", "IPv6"];
  const [first = primaryOf(cluster)] = named;
  if (first === undefined || policy === undefined) return undefined;
  if (policy === "SingleStack" && !(isHeadlessSelectorless(fields) && !fields.policy)) return [first];
  // Nothing is allocated for it, so that no cluster has too few families.
  if (isHeadlessSelectorless(fields) && fields.selector === false) return [first, otherFamily(first)];
  if (cluster === "unknown") return undefined;
  return cluster.startsWith("dual") ? [first, otherFamily(first)] : [first];
}

export function primaryOf(cluster: Shape): Family | undefined {
  if (cluster === "unknown") return undefined;
  return cluster.endsWith("v4") ? "IPv4" : "IPv6";
}

export function serves(cluster: Shape, family: Family): boolean {
  return cluster === "unknown" || cluster.startsWith("dual") || primaryOf(cluster) === family;
}

export function asFamily(text: string | undefined): Family | undefined {
  return text === "IPv4" || text === "IPv6" ? text : undefined;
}

export const policies = ["PreferDualStack", "RequireDualStack", "SingleStack"] as const;

/**
 * What the API server checks before it looks at policy and cluster; if any of it fails, it says nothing of those:
 * ValidateServiceClusterIPsRelatedFields in pkg/apis/core/validation/validation.go.
 */
export function isConsistent(fields: ServiceFields): boolean {
  const { families, policy, clusterIPs, headless, agrees } = fields;
  const named = families.map(({ text }) => text);
  if (named.some((text) => text !== undefined && asFamily(text) === undefined)) return false;
  if (new Set(named).size !== named.length) return false;
  if (policy?.text !== undefined && !policies.some((known) => known === policy.text)) return false;
  if (!agrees) return false;
  if (headless) return clusterIPs.length === 1;
  const ips = clusterIPs.map(({ text }) => (text === undefined ? undefined : familyInGo(text)));
  if (ips.some((family, index) => !family && clusterIPs[index]?.text !== undefined)) return false;
  if (ips.length > 2 || (ips.length === 2 && ips[0] !== undefined && ips[0] === ips[1])) return false;
  return ips.every((family, index) => !family || !named[index] || named[index] === family);
}

/** Two families or cluster IPs, and a policy that takes one: the API server says so, and nothing of the cluster any more. */
export function lacksDualPolicy(service: Resource, old: Resource | undefined): boolean {
  const fields = serviceFields(service);
  const { families, clusterIPs, policy } = fields;
  if (families.length !== 2 && clusterIPs.length !== 2) return false;
  if (policy ? policy.text !== "SingleStack" : service.partial || isHeadlessSelectorless(fields)) return false;
  return !old || !letsGo(serviceFields(old), fields);
}

/**
 * An update without a policy keeps the one before; with SingleStack and all else as it was, it drops the second family
 * by itself.
 */
function letsGo(before: ServiceFields, { policy, families, clusterIPs }: ServiceFields): boolean {
  const dual = before.policy?.text === "PreferDualStack" || before.policy?.text === "RequireDualStack";
  const same = (now: readonly Field[], then: readonly Field[]) =>
    now.length < 2 || then.length === 0 || now.every(({ text }, index) => text === then[index]?.text);
  return dual && (!policy || (same(families, before.families) && same(clusterIPs, before.clusterIPs)));
}

/** Every field of a Service's spec, those of older versions included. */
export const serviceSpecFields: ReadonlySet<string> = new Set([
  ...["allocateLoadBalancerNodePorts", "clusterIP", "clusterIPs", "deprecatedPublicIPs", "externalIPs", "externalName"],
  ...["externalTrafficPolicy", "healthCheckNodePort", "internalTrafficPolicy", "ipFamilies", "ipFamilyPolicy"],
  ...[
    "loadBalancerClass",
    "loadBalancerIP",
    "loadBalancerSourceRanges",
    "ports",
    "publishNotReadyAddresses",
    "selector",
  ],
  ...["sessionAffinity", "sessionAffinityConfig", "topologyKeys", "trafficDistribution", "type"],
]);
