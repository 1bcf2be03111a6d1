import type { ResourceType } from "../cluster/cluster.ts";
import { listing } from "../probing/api-probe.ts";
import { keepSpec } from "../probing/redact.ts";

/** A kind of policy beyond Kubernetes' own, or one that gives policies their meaning. */
export interface PolicyKind extends ResourceType {
  readonly kind: string;
}

/** All objects of such a kind in the cluster; a server that does not serve the kind has none. */
export const probe = listing<PolicyKind>({
  id: "policies",
  type: ({ apiVersion, resource }) => ({ apiVersion, resource }),
  kind: ({ kind }) => kind,
  asks: ({ kind, apiVersion }) => `the objects of kind ${kind} (${apiVersion})`,
  keep: keepSpec,
});
