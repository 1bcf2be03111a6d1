import { listing } from "../probing/api-probe.ts";
import { keepSpec } from "../probing/redact.ts";

/** Calico's IPPools, as the agents read them. */
export const probe = listing<Record<string, never>>({
  id: "calico-pools",
  type: { apiVersion: "crd.projectcalico.org/v1", resource: "ippools" },
  kind: "IPPool",
  clusterScoped: true,
  asks: () => "Calico's IPPools",
  keep: keepSpec,
});
