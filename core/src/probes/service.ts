import { getting } from "../probing/api-probe.ts";
import { keepSpec } from "../probing/redact.ts";

/** One Service: its families and its cluster IPs. */
export const probe = getting<{ readonly namespace: string; readonly name: string }>({
  id: "service",
  type: { apiVersion: "v1", resource: "services" },
  asks: ({ namespace, name }) => `Service ${namespace}/${name}`,
  keep: keepSpec,
  line: ({ spec = {} }) =>
    `${spec.ipFamilyPolicy ?? "no ipFamilyPolicy"}, ipFamilies ${(spec.ipFamilies ?? []).join(", ") || "none"}, clusterIPs ${(spec.clusterIPs ?? []).join(", ") || "none"}`,
});
