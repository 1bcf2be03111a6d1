import { getting } from "../probing/api-probe.ts";
import { configKeys } from "../probing/keep-config.ts";
import { keepConfigMap } from "../probing/redact.ts";

/** One ConfigMap that configures networking: CoreDNS, Cilium, Flannel, kube-proxy. */
export const probe = getting<{ readonly namespace: string; readonly name: string }>({
  id: "config-map",
  type: { apiVersion: "v1", resource: "configmaps" },
  asks: ({ namespace, name }) => `ConfigMap ${namespace}/${name}`,
  keep: keepConfigMap,
  line: (object) => `holds ${configKeys(object)}`,
});
