import type { KubeObject, ResourceType } from "../cluster/cluster.ts";
import { getting } from "../probing/api-probe.ts";
import { keepSpec } from "../probing/redact.ts";

/** What leads from outside to Services. */
export type FrontKind = "Ingress" | "Gateway" | "HTTPRoute" | "GRPCRoute";

export const frontTypes: Readonly<Record<FrontKind, ResourceType>> = {
  Ingress: { apiVersion: "networking.k8s.io/v1", resource: "ingresses" },
  Gateway: { apiVersion: "gateway.networking.k8s.io/v1", resource: "gateways" },
  HTTPRoute: { apiVersion: "gateway.networking.k8s.io/v1", resource: "httproutes" },
  GRPCRoute: { apiVersion: "gateway.networking.k8s.io/v1", resource: "grpcroutes" },
};

/** One Ingress, Gateway or route: where it is reached, and the Services it sends to. */
export const probe = getting<{ readonly what: FrontKind; readonly namespace: string; readonly name: string }>({
  id: "front",
  type: ({ what }) => frontTypes[what],
  asks: ({ what, namespace, name }) => `${what} ${namespace}/${name}`,
  keep: (object: KubeObject) => keepSpec(object),
  line: ({ status = {} }) => {
    const listed = (status.loadBalancer?.ingress ?? status.addresses ?? []) as Record<string, string>[];
    return `reached at ${listed.map(({ ip, hostname, value }) => ip ?? hostname ?? value).join(", ") || "no address"}`;
  },
});
