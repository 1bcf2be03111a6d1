import type { Rule } from "../lint/rule.ts";
import type { Resource } from "../manifest/resource.ts";

export const rule: Rule = {
  summary: "Endpoints knows one family; EndpointSlice knows both",
  why: `The API is deprecated since 1.33. The controller writes only the primary family of a Service into Endpoints, so that
what reads it sees half of a dual-stack Service. Write an EndpointSlice per family.`,
  source: "https://kubernetes.io/blog/2025/04/24/endpoints-deprecation/",
  severity: "warning",
  codes: ["EP002"],
  kinds: ["Endpoints"],
  groups: [""],
  example: {
    bad: `apiVersion: v1
kind: Endpoints
metadata:
  name: ledger
subsets:
  - addresses:
      - ip: fd12:3456:789a::5
    ports:
      - port: 5432
`,
    good: `apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: ledger-6
  labels:
    kubernetes.io/service-name: ledger
addressType: IPv6
endpoints:
  - addresses: ["fd12:3456:789a::5"]
ports:
  - port: 5432
`,
  },

  *check(endpoints, world) {
    if (!world.atLeast(33) || isManaged(endpoints)) return;
    yield {
      at: endpoints.get("kind"),
      message: "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice, one per family",
    };
  },
};

/** The control plane writes these itself, and anew when they are deleted. */
function isManaged(endpoints: Resource): boolean {
  const own = endpoints.name === "kubernetes" && (endpoints.namespace ?? "default") === "default";
  return own || endpoints.get("metadata", "labels", "endpoints.kubernetes.io/managed-by") !== undefined;
}
