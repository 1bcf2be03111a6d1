import { getting } from "../probing/api-probe.ts";
import { keepSpec } from "../probing/redact.ts";

/** One ConfigMap that configures networking: CoreDNS, Cilium, Flannel, kube-proxy. */
export const probe = getting<{ readonly namespace: string; readonly name: string }>({
  id: "config-map",
  type: { apiVersion: "v1", resource: "configmaps" },
  asks: ({ namespace, name }) => `ConfigMap ${namespace}/${name}`,
  keep: keepSpec,
  line: ({ data }) => `holds ${Object.keys(data ?? {}).join(", ") || "nothing"}`,
});
