import { listing } from "../probing/api-probe.ts";
import { keepSpec } from "../probing/redact.ts";

/** The EndpointSlices of one Service. A slice holds one family; v1 Endpoints hold only the first family of the Service. */
export const probe = listing<{
  readonly namespace: string;
  readonly service: string;
  /** After it was dialled. */
  readonly again?: true;
}>({
  id: "endpoint-slices",
  type: { apiVersion: "discovery.k8s.io/v1", resource: "endpointslices" },
  kind: "EndpointSlice",
  asks: ({ namespace, service, again }) =>
    `the EndpointSlices of Service ${namespace}/${service}${again ? " by now" : ""}`,
  select: ({ namespace, service }) => ({ namespace, labelSelector: `kubernetes.io/service-name=${service}` }),
  keep: keepSpec,
});
