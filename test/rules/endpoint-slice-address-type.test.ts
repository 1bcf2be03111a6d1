import { testing } from "#test/support/testing.ts";

const { reports, accepts, fixes } = testing("endpoint-slice-address-type");

reports("spellings that the API server does not know")`
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  addressType: ipv6
  #            ^^^^ 💡 Unsupported value: "ipv6": supported values: "FQDN", "IPv4", "IPv6"
  ---
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  addressType: IP
  #            ^^ Unsupported value: "IP": supported values: "FQDN", "IPv4", "IPv6"
`;

reports("a slice without addressType")`
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  #     ^^^^^^^^^^^^^ Required value: supported values: "FQDN", "IPv4", "IPv6"
  endpoints: []
`;

accepts("the three types, and a template")`
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  addressType: IPv4
  ---
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  addressType: FQDN
  ---
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  {{- include "type" . }}
  endpoints: []
`;

fixes("the spelling")`
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  addressType: v6
`.to`
  apiVersion: discovery.k8s.io/v1
  kind: EndpointSlice
  addressType: IPv6
`;
