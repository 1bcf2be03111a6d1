import { listing } from "../probing/api-probe.ts";
import { keepSpec } from "../probing/redact.ts";

/** The Services of a namespace, or all. */
export const probe = listing<{ readonly namespace?: string }>({
  id: "services",
  type: { apiVersion: "v1", resource: "services" },
  kind: "Service",
  asks: ({ namespace }) => `the Services${namespace ? ` in namespace ${namespace}` : ""}`,
  select: ({ namespace }) => (namespace ? { namespace } : {}),
  keep: keepSpec,
});
