import type { Any } from "../objects/object.ts";
import { badRequest } from "./status.ts";

/** The fields of a spec, for the kinds whose misspelt fields matter here; other kinds are taken as they are. */
const known: Record<string, string> = {
  Service:
    "allocateLoadBalancerNodePorts clusterIP clusterIPs externalIPs externalName externalTrafficPolicy healthCheckNodePort " +
    "internalTrafficPolicy ipFamilies ipFamilyPolicy loadBalancerClass loadBalancerIP loadBalancerSourceRanges ports " +
    "publishNotReadyAddresses selector sessionAffinity sessionAffinityConfig trafficDistribution type",
  NetworkPolicy: "egress ingress podSelector policyTypes",
};

/** Refuses fields a kind does not have where the client asks for it, which kubectl does unless told otherwise. */
export function refuseUnknownFields(kind: string, group: string, body: Any, query: URLSearchParams): void {
  const fields = group === "" || group === "networking.k8s.io" ? known[kind]?.split(" ") : undefined;
  if (!fields || query.get("fieldValidation") !== "Strict") return;
  const unknown = Object.keys(body?.spec ?? {}).filter((field) => !fields.includes(field));
  if (unknown.length === 0) return;
  const list = unknown.map((field) => `unknown field "spec.${field}"`).join(", ");
  throw badRequest(`${kind} in version "v1" cannot be handled as a ${kind}: strict decoding error: ${list}`);
}
