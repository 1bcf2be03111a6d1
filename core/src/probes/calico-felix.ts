import { listing } from "../probing/api-probe.ts";
import { keepSpec } from "../probing/redact.ts";

/** Calico's FelixConfigurations: whether its agent programs IPv6. */
export const probe = listing<Record<string, never>>({
  id: "calico-felix",
  type: { apiVersion: "crd.projectcalico.org/v1", resource: "felixconfigurations" },
  kind: "FelixConfiguration",
  clusterScoped: true,
  asks: () => "Calico's FelixConfigurations",
  keep: keepSpec,
});
