import { familyOf } from "../addresses/address.ts";
import type { KubeObject } from "../cluster/cluster.ts";
import { isMapping, list, mapping, strings } from "../policy/read.ts";

/** Why a Service must not be given a second family, whoever is behind it; undefined where nothing of it says so. */
export function noSecondFamily({ metadata, spec }: KubeObject): string | undefined {
  const { type, selector } = mapping(spec);
  if (metadata.namespace === "default" && metadata.name === "kubernetes")
    return "the API server keeps its endpoints in one family: a second address would lead nowhere, and clients that prefer it be refused connections";
  if (type === "ExternalName")
    return "spec.ipFamilyPolicy may not be set for an ExternalName Service; what the name has is up to its DNS";
  if (!hasBoth({ metadata, spec }) && (!isMapping(selector) || Object.keys(selector).length === 0))
    return "it has no selector: whoever makes its EndpointSlices makes those of IPv6 first, else connections over IPv6 are refused";
  return undefined;
}

export function hasBoth({ spec }: KubeObject): boolean {
  const { clusterIPs, ipFamilies } = mapping(spec);
  return list(ipFamilies).length > 1 || new Set(strings(clusterIPs).map(({ text }) => familyOf(text))).size > 1;
}

/** A headless Service has it in its records. */
export function hasIPv6({ spec = {} }: KubeObject): boolean {
  const ips = (spec.clusterIPs ?? []) as string[];
  return (
    ips.some((ip) => familyOf(ip) === "IPv6") || (spec.clusterIP === "None" && (spec.ipFamilies ?? []).includes("IPv6"))
  );
}
