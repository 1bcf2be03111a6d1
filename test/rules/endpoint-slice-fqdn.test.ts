import { testing } from "#test/support/testing.ts";

const { reports, accepts } = testing("endpoint-slice-fqdn");

reports("a slice of names")`
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  addressType: FQDN
  #            ^^^^ addressType: FQDN endpoints are deprecated; use an ExternalName Service
`;

accepts("a slice of addresses")`
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  addressType: IPv6
`;
