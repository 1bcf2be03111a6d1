import { listing } from "../probing/api-probe.ts";
import { keepSpec } from "../probing/redact.ts";

/** The EndpointSlices of one Service. A slice holds one family; v1 Endpoints hold only the first family of the Service. */
export const probe = listing<{ readonly namespace: string; readonly service: string }>({
  id: "endpoint-slices",
  type: { apiVersion: "discovery.k8s.io/v1", resource: "endpointslices" },
  kind: "EndpointSlice",
  asks: ({ namespace, service }) => `the EndpointSlices of Service ${namespace}/${service}`,
  select: ({ namespace, service }) => ({ namespace, labelSelector: `kubernetes.io/service-name=${service}` }),
  keep: keepSpec,
});
