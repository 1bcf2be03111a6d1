import { listing } from "../probing/api-probe.ts";
import { keepDaemonSet } from "../probing/redact.ts";

/** Every DaemonSet: which CNI runs, and its settings about IPv6. */
export const probe = listing<Record<string, never>>({
  id: "daemon-sets",
  type: { apiVersion: "apps/v1", resource: "daemonsets" },
  kind: "DaemonSet",
  asks: () => "the DaemonSets, which show the CNI and its settings",
  keep: keepDaemonSet,
});
