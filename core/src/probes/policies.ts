import type { ServedKind } from "../policy/served.ts";
import { listing } from "../probing/api-probe.ts";
import { keepSpec } from "../probing/redact.ts";

/** All objects of such a kind in the cluster; a server that does not serve the kind has none. */
export const probe = listing<ServedKind>({
  id: "policies",
  type: ({ apiVersion, resource }) => ({ apiVersion, resource }),
  kind: ({ kind }) => kind,
  asks: ({ kind, apiVersion }) => `the objects of kind ${kind} (${apiVersion})`,
  keep: keepSpec,
});
